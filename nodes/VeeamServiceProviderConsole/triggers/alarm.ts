import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { shortKey } from '../../shared/monitoring/keys';
import { listOf } from '../../shared/monitoring/options';
import { HOUR } from '../../shared/common/time';
import type {
	Happening,
	Outcome,
	Severity,
	Transition,
	WatchedObject,
} from '../../shared/monitoring/types';
import type { Watch } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { pagesOf, same, sortBy, spaced, text } from '../model/lists';

const PATH = '/alarms/active';

/** Worse is higher. */
const DEGREES: Record<string, number> = { info: 1, warning: 2, error: 3 };
const SEVERITIES: Severity[] = ['info', 'info', 'warning', 'error'];

/** What is known of an alarm that is open. */
interface Open {
	status: string;
	degree: number;
	/** When it was triggered as far as the trigger knows: milliseconds. */
	since: number;
	/** When it was last told; 0 for one that was there when the trigger began, silently. */
	told: number;
	object: WatchedObject;
	repeats: number;
	missed?: true;
}

interface Memory {
	open: Record<string, Open>;
}

const choice = (name: string, value = name) => ({ name, value });

const FIELDS: INodeProperties[] = [
	{
		displayName: 'Tell',
		name: 'alarmTell',
		type: 'multiOptions',
		options: [
			choice('Acknowledged', 'acknowledged'),
			choice('Repeated', 'repeated'),
			choice('Resolved', 'resolved'),
			choice('Severity Changed', 'changed'),
			choice('Triggered', 'triggered'),
		],
		default: ['changed', 'resolved', 'triggered'],
		description: 'What to tell of an alarm',
	},
	{
		displayName: 'Severities',
		name: 'alarmSeverities',
		type: 'multiOptions',
		options: ['Error', 'Info', 'Warning'].map((name) => choice(name)),
		default: ['Error', 'Warning'],
		description: 'With which severity an alarm begins to count',
	},
];

const OBJECT_TYPES = [
	'BackupAgent',
	'BackupMicrosoft365Server',
	'BackupProxy',
	'BackupRepository',
	'BackupServer',
	'BackupServerJob',
	'BackupWanAccelerator',
	'CloudGateway',
	'CloudRepository',
	'Company',
	'Location',
	'ManagementAgent',
	'Reseller',
	'Site',
	'VOneServer',
];

const OPTIONS: INodeProperties[] = [
	COMPANIES,
	{
		displayName: 'Object Types',
		name: 'objectTypes',
		type: 'multiOptions',
		options: OBJECT_TYPES.map((type) => choice(spaced(type), type)),
		default: [],
		description: 'Only alarms about these kinds of objects; all where empty',
	},
];

const activation = ({ lastActivation }: IDataObject) => (lastActivation ?? {}) as IDataObject;
const statusOf = (alarm: IDataObject) => text(activation(alarm).status);
const degreeOf = (alarm: IDataObject) => DEGREES[statusOf(alarm).toLowerCase()] ?? 0;
const about = ({ object }: IDataObject) => (object ?? {}) as IDataObject;

/** The same for an alarm of the same template about the same object: it opens and closes under it. */
function objectOf(alarm: IDataObject): WatchedObject {
	const { objectUid, instanceUid, objectName, computerName, type } = about(alarm);
	return {
		id: `${text(alarm.alarmTemplateUid)}/${text(objectUid) || text(instanceUid)}`,
		name: text(objectName) || text(computerName),
		type: spaced(type) || 'Object',
	};
}

const isWanted = ({ options }: Watch, alarm: IDataObject): boolean => {
	const types = listOf(options.objectTypes);
	const { type, organizationUid } = about(alarm);
	return (
		(types.length === 0 || types.some((one) => same(type, one))) &&
		isWantedCompany(options, organizationUid)
	);
};

const opens = ({ options }: Watch, alarm: IDataObject): boolean =>
	listOf(options.alarmSeverities).some((one) => same(statusOf(alarm), one));

const WORDS: Partial<Record<string, string>> = {
	problem: 'was triggered',
	worsened: 'got worse',
	reminder: 'is still active',
	recovered: 'was resolved',
	gone: 'was resolved: it is no longer active',
	acknowledged: 'was acknowledged',
	repeated: 'was triggered again',
	changed: 'changed its severity',
};

function happeningOf(
	alarm: IDataObject,
	transition: Transition,
	word: string,
	known: Pick<Open, 'status' | 'since' | 'object'> | undefined,
	isGone = false,
): Happening {
	const object = known?.object ?? objectOf(alarm);
	const status = isGone ? 'Resolved' : statusOf(alarm);
	const { time, message, remark } = isGone ? ({} as IDataObject) : activation(alarm);
	const degree = isGone ? 0 : degreeOf(alarm);
	const said = transition !== 'recovered' && text(message) ? `: ${text(message)}` : '.';
	return {
		transition,
		severity: transition === 'recovered' ? 'info' : (SEVERITIES[degree] ?? 'info'),
		object,
		condition: 'alarm',
		// An alarm keeps its id when it is triggered again.
		occurrence: [alarm.instanceUid, known?.since, time, alarm.repeatCount, status].join('/'),
		...(text(time) ? { occurredAt: text(time) } : {}),
		previous: known ? { status: known.status } : null,
		current: { status, repeatCount: alarm.repeatCount ?? null, remark: text(remark) || null },
		message: `The alarm on ${object.type.toLowerCase()} "${object.name}" ${WORDS[word] ?? word} (${status.toLowerCase()})${said}`,
		record: alarm,
		details: { alarmId: alarm.instanceUid },
	};
}

/** What became of one alarm: what is to be remembered, and what to tell. */
function compare(
	watch: Watch,
	alarm: IDataObject,
	known: Open | undefined,
	silent: boolean,
): { open?: Open; happening?: Happening } {
	const now = watch.serverNow();
	const tells = (what: string) => listOf(watch.options.alarmTell).includes(what);
	const [status, degree] = [statusOf(alarm), degreeOf(alarm)];
	const repeats = Number(alarm.repeatCount ?? 0);
	if (same(status, 'Resolved')) {
		if (!known?.told || !tells('resolved')) return {};
		return { happening: happeningOf(alarm, 'recovered', 'recovered', known) };
	}
	// What has no severity (yet) stays as it was known.
	if (degree === 0 && !same(status, 'Acknowledged')) return known ? { open: known } : {};
	if (!known) {
		if (degree === 0 || !opens(watch, alarm)) return {};
		const tell = !silent && tells('triggered');
		const open = { status, degree, since: now, object: objectOf(alarm), repeats };
		return {
			// Its resolution is told also where its beginning was not wanted.
			open: { ...open, told: silent ? 0 : now },
			...(tell ? { happening: happeningOf(alarm, 'problem', 'problem', undefined) } : {}),
		};
	}
	const open: Open = { ...known, status, degree: degree || known.degree, repeats };
	delete open.missed;
	const told = (transition: Transition, word: string) => ({
		open: { ...open, told: now },
		happening: happeningOf(alarm, transition, word, known),
	});
	if (!same(status, known.status)) {
		if (degree === 0) return tells('acknowledged') ? told('changed', 'acknowledged') : { open };
		if (!tells('changed')) return { open };
		if (degree > known.degree) return told('worsened', 'worsened');
		if (same(known.status, 'Acknowledged')) return told('changed', 'repeated');
		return told('changed', 'changed');
	}
	if (repeats > known.repeats && tells('repeated')) return told('changed', 'repeated');
	const hours = watch.common.reminderHours;
	const due = hours > 0 && known.told > 0 && degree > 0 && now - known.told >= hours * HOUR;
	if (!due) return { open };
	const reminder = told('reminder', 'reminder');
	return {
		...reminder,
		happening: { ...reminder.happening, occurrence: `${reminder.happening.occurrence}/${now}` },
	};
}

async function look(watch: Watch, before: Memory | undefined): Promise<Outcome> {
	const open: Record<string, Open> = { ...before?.open };
	const seen = new Set<string>();
	const happenings: Happening[] = [];
	const silent = !before && !watch.common.emitCurrentProblems;
	let pages = 0;
	for await (const { items } of pagesOf(watch, PATH)) {
		pages++;
		for (const alarm of items) {
			// The next poll begins again: what was told is known.
			if (happenings.length >= watch.room)
				return { happenings, memory: { open }, unfinished: true };
			if (!isWanted(watch, alarm)) continue;
			const key = shortKey(text(alarm.instanceUid));
			seen.add(key);
			const result = compare(watch, alarm, open[key], silent);
			if (result.open) open[key] = result.open;
			else delete open[key];
			if (result.happening) happenings.push(result.happening);
		}
		if (watch.isLate()) return { happenings, memory: { open }, unfinished: true };
	}
	for (const [key, known] of Object.entries(open)) {
		if (seen.has(key)) continue;
		// While pages are read an alarm can move onto one that was read already: look twice then.
		if (pages > 1 && !known.missed) {
			open[key] = { ...known, missed: true };
			continue;
		}
		delete open[key];
		const tell = known.told > 0 && listOf(watch.options.alarmTell).includes('resolved');
		const record = { ...known.object };
		if (tell) happenings.push(happeningOf(record, 'recovered', 'gone', known, true));
	}
	return { happenings, memory: { open } };
}

async function sample(watch: Watch): Promise<Happening | undefined> {
	const query = { sort: sortBy('lastActivation.time', 'descending'), limit: 100 };
	const body = await watch.get({ path: PATH, query });
	const alarms = (watch.adapter.paging.items(body) ?? []).filter((one) => isWanted(watch, one));
	const alarm = alarms.find((one) => opens(watch, one)) ?? alarms.find((one) => degreeOf(one) > 0);
	return alarm && happeningOf(alarm, 'problem', 'problem', undefined);
}

/** Alarms of the console, from the first activation to the end. */
export const alarm = withCompany(
	{
		value: 'alarm',
		name: 'Alarm',
		description: 'An alarm is triggered, changes its severity, is acknowledged or resolved',
		fields: FIELDS,
		options: OPTIONS,
		watch: async (watch, memory) => await look(watch, memory as Memory | undefined),
		sample,
	},
	{ organization: (_, record) => text(about(record).organizationUid) || undefined },
);
