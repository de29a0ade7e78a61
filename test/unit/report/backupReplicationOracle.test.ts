/**
 * The report of a backup server against a plain oracle: hundreds of random estates on each revision of
 * the API. What is true of an estate is decided when it is made; the report sees only what the server
 * answers (test/support/backupServer.ts, from the specifications).
 */

import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { backupServer, REVISIONS, type BackupServer } from '../../support/backupServer';
import { request } from '../../support/reportClient';

import { estateOf } from './backupReplicationEstate';

jest.setTimeout(300_000);

const ESTATES = 300;

/** Refusals that concern nothing in the estate are no refusals: nobody asked. */
const wasAsked = (refused: BackupServer['refused'], asked: Array<{ path: string }>): boolean =>
	Object.keys(refused ?? {}).every((path) => asked.some((one) => one.path === `/api/v1${path}`));

describe.each(REVISIONS)('%s', (revision) => {
	it(`says what is true of ${ESTATES} random estates`, async () => {
		const verdicts = { good: 0, warning: 0, bad: 0 };
		const faults: string[] = [];
		let requests = 0;
		for (let seed = 1; seed <= ESTATES; seed++) {
			const { server, includeJobs, truth } = estateOf(seed, revision);
			const client = backupServer(revision, server);
			const kept = {};
			const model = await collect({ getWorkflowStaticData: () => kept }, client, {
				...request({ includeJobs }),
				sections: [
					'jobs',
					'missedRuns',
					'unprotected',
					'repositories',
					'licenses',
					'findings',
					'history',
				],
			});
			requests = Math.max(requests, client.asked.length);
			if (!wasAsked(server.refused, client.asked)) continue;
			verdicts[truth.status]++;
			const { status, text } = model.verdict;
			const isRefusedBad = server.refused && truth.status === 'bad' && status === 'warning';
			const isEmitted = model.unavailable.some(({ isCut }) => isCut);
			if (isEmitted && !truth.isOpen) faults.push(`${seed}: cut without need`);
			if (isEmitted && status === 'good') faults.push(`${seed}: good although cut`);
			if (isEmitted) continue;
			if (status !== truth.status && !isRefusedBad)
				faults.push(`${seed}: ${status} "${text}" where ${truth.status} is true`);
			if (status === 'good' && !text.startsWith('All is well')) faults.push(`${seed}: ${text}`);
			for (const [name, number] of Object.entries(truth.counts)) {
				const said = model.counts[name as keyof ReportModel['counts']];
				if (said !== number) faults.push(`${seed}: ${name} ${said} where ${number} is true`);
			}
		}
		console.info(
			`${revision}: ${ESTATES} estates, ${JSON.stringify(verdicts)}, at most ${requests} requests, ${faults.length} faults`,
		);
		expect(faults).toEqual([]);
		expect(verdicts.good).toBeGreaterThan(ESTATES / 10);
	});
});
