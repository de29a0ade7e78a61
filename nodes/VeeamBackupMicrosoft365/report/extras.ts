import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import { iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type {
	ReportActivity,
	ReportExtras,
	ReportServerFacts,
} from '../../shared/report/extraModel';
import type { Term } from '../../shared/report/languages/en';
import type { PageReader } from '../../shared/report/pageReader';
import { same } from '../api/read';
import { isKnown } from '../model/catalogueFacts';
import { isStopped, restoreName, restoreResultOf, restoreTypeOf } from '../model/restoreSessions';
import { SERVICE, serviceVersion } from '../model/service';
import {
	kindOfSession,
	SESSION_KINDS,
	STARTED_SESSIONS,
	type SessionKind,
	type StartedSessions,
} from '../model/startedSessions';
import { textOf } from '../model/values';

/** The server's version: 1 request. */
export const readServer = async (
	reader: PageReader,
	sections: Sections,
): Promise<ReportServerFacts | undefined> =>
	await sections.head('Server', async () => ({
		version: serviceVersion(await reader.getHead(SERVICE)),
		apiVersion: reader.client.version,
	}));

/**
 * Sections that are read where they are chosen: restores and removals of the period (2, in v8 3; longer lists take more pages).
 *
 * @param start beginning of the period, milliseconds since 1970; asked after an answer: its clock is the server's
 */
export async function readExtras(
	reader: PageReader,
	sections: Sections,
	start: () => number,
	server: ReportServerFacts | undefined,
): Promise<ReportExtras> {
	const about = server && sections.wants('about') ? [server] : undefined;
	const activities = await readActivities(reader, sections, start);
	return { ...(about && { about }), ...(activities && { activities }) };
}

const WHAT: Record<SessionKind['list'], Term> = {
	restores: 'Restore sessions',
	retrievals: 'Data retrieval sessions',
	ownerChanges: 'Owner changes',
};

/** Who restored, retrieved or removed what: sessions that began in the period. */
async function readActivities(
	reader: PageReader,
	sections: Sections,
	start: () => number,
): Promise<ReportActivity[] | undefined> {
	const { version } = reader.client;
	const all: ReportActivity[] = [];
	let isRead = false;
	// The list that is filtered by time comes last.
	for (const list of ['retrievals', 'ownerChanges', 'restores'] as const) {
		const { path, since, startTime }: StartedSessions = STARTED_SESSIONS[list];
		if (!isKnown(version, `GET ${path}`)) continue;
		// Nothing has told the server's time so far, and this list is chosen by it.
		if (since !== undefined && !reader.knowsTime)
			sections.cut('activities', sections.about(WHAT[list], sections.speech.say('clockUnknown')));
		const read = await sections.of('activities', WHAT[list], async () => {
			const query = since === undefined ? {} : { [since]: iso(start()) };
			return await reader.read({ method: 'GET', path, query, label: WHAT[list] });
		});
		if (!read) continue;
		isRead = true;
		for (const session of sections.itemsOf('activities', WHAT[list], read)) {
			const time = readTime(startTime(session));
			if (time !== undefined && time >= start()) all.push(activityOf(list, session, time));
		}
	}
	return isRead ? all.sort((a, b) => b.time.localeCompare(a.time)) : undefined;
}

function activityOf(list: SessionKind['list'], session: IDataObject, time: number): ReportActivity {
	const kind = kindOfSession(list, session);
	const end = readTime(session.endTime);
	const state = stateOf(list, session);
	const user = textOf(session.initiatedBy);
	const reason = textOf(session.reason);
	const ids = Array.isArray(session.repositoryIds) ? session.repositoryIds : [];
	const type = list === 'restores' ? restoreTypeOf(session) : '';
	return {
		kind:
			(kind && SESSION_KINDS[kind]?.name.replace(' (API V8)', '')) ??
			(type ? `${type} Restore` : WHAT[list].replace(/s$/, '')),
		name: list === 'ownerChanges' ? ids.map(String).join(', ') : restoreName(session),
		time: iso(time),
		...(user === undefined ? {} : { user }),
		...(end === undefined ? {} : { end: iso(end) }),
		...(state === undefined ? {} : { state }),
		...(reason === undefined ? {} : { reason }),
		isDeletion: kind === 'retrievalRemoval',
	};
}

/** Restore sessions are open until someone closes them; the other lists have states of their own. */
function stateOf(list: SessionKind['list'], session: IDataObject): ReportActivity['state'] {
	if (list === 'restores') return isStopped(session) ? restoreResultOf(session) : 'Running';
	const { status } = session;
	if (same(status, 'Success') || same(status, 'Succeeded')) return 'Success';
	if (same(status, 'Running') || same(status, 'Waiting')) return 'Running';
	if (same(status, 'Stopped')) return 'Canceled';
	return same(status, 'Failed') ? 'Failed' : same(status, 'Warning') ? 'Warning' : undefined;
}
