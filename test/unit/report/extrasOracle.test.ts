/**
 * The sections of a backup server's report that are chosen, against a plain oracle: hundreds of random
 * estates on each revision. What is true is decided when an estate is made; the report sees only what
 * the server answers (test/support/backupServer.ts, from the specifications).
 */

import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { backupServer, REVISIONS } from '../../support/backupServer';
import { request } from '../../support/reportClient';

import { estateOf } from './extrasEstate';

jest.setTimeout(300_000);

const ESTATES = 300;

describe.each(REVISIONS)('%s', (revision) => {
	it(`says what is true of ${ESTATES} random estates`, async () => {
		const verdicts = { good: 0, warning: 0, bad: 0 };
		const faults: string[] = [];
		let [requests, open] = [0, 0];
		for (let seed = 1; seed <= ESTATES; seed++) {
			const { server, sections, truth } = estateOf(seed, revision);
			const client = backupServer(revision, server);
			const model = await collect({ getWorkflowStaticData: () => ({}) }, client, {
				...request(),
				sections,
			});
			if (server.pageMaximum === Infinity) requests = Math.max(requests, client.asked.length);
			verdicts[truth.status]++;
			// Never a false row, whatever is open: each machine of the list is one that nobody backs up.
			for (const { name, host } of model.notBackedUp ?? []) {
				const isTrue = (server.inventory ?? []).some(
					(one) =>
						one.name === name &&
						one.hostName === host &&
						truth.missing.has(`${host}/${String(one.objectId)}`),
				);
				if (!isTrue) faults.push(`${seed}: ${name} is in a backup`);
			}
			const { status, text } = model.verdict;
			const isGap = model.unavailable.some(({ isCut }) => isCut);
			if (isGap && !truth.isOpen) faults.push(`${seed}: a gap without need`);
			if (truth.isOpen) {
				open++;
				if (isGap && status === 'good') faults.push(`${seed}: good although open`);
				continue;
			}
			if (status !== truth.status)
				faults.push(`${seed}: ${status} "${text}" where ${truth.status} is true`);
			for (const [name, count] of Object.entries(truth.counts)) {
				const said = model.counts[name as keyof typeof model.counts];
				if (said !== count) faults.push(`${seed}: ${name} ${said} where ${count} is true`);
			}
		}
		console.info(
			`${revision}: ${ESTATES} estates (${open} open), ${JSON.stringify(verdicts)}, at most ${requests} requests, ${faults.length} faults`,
		);
		expect(faults).toEqual([]);
		expect(Math.min(verdicts.good, verdicts.warning, verdicts.bad)).toBeGreaterThan(ESTATES / 20);
		expect(open).toBeLessThan(ESTATES / 4);
	});
});
