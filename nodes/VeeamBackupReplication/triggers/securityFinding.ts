import type { IDataObject } from 'n8n-workflow';

import { present } from '../../shared/common/rows';
import { nameOptions } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { expected } from '../model/answers';
import { inWords, same } from '../model/catalogueFacts';
import { conditionsField, flag } from './conditions';
import { byName } from './nameOptions';

const FIELD = 'securityFindingConditions';

const named = ({ name }: IDataObject) => `Best practice "${String(name)}"`;

const current = ({ status, note }: IDataObject) => ({ status, note: note ?? '' });

/** Names that are no mere words. */
const CALLED: Record<string, string> = { winrmservicedisabled: 'WinRM Service Disabled' };

const nameOf = ({ bestPractice }: IDataObject): string =>
	CALLED[String(bestPractice).toLowerCase()] ?? inWords(bestPractice);

/** Whoever suppresses a finding has dealt with it. */
const SETTLED = ['OK', 'Suppressed'];

/** A state that is neither right nor wrong (being analysed, not checked) leaves what was known. */
const condition = (name: string, status: string, problem: string, recovered: string) =>
	flag({
		field: FIELD,
		name,
		is: (record) =>
			same(record.status, status)
				? true
				: [...SETTLED, 'Violation'].some((one) => same(record.status, one))
					? false
					: undefined,
		named,
		problem,
		reminder: problem.replace('is ', 'is still ').replace('cannot', 'still cannot'),
		recovered,
		current,
	});

/** Violations that the Security & Compliance Analyzer finds, and their end. */
export const securityFinding = snapshotEvent(
	{
		value: 'securityFinding',
		name: 'Security Analyzer Finding',
		short: 'Finding',
		description: 'The Security & Compliance Analyzer finds a violation, or finds it fixed',
		fields: [
			conditionsField(
				FIELD,
				[
					{ name: 'Unable to Check', value: 'unableToCheck' },
					{ name: 'Violation', value: 'violation' },
				],
				['violation'],
			),
		],
		options: nameOptions(),
	},
	{
		type: 'Best Practice',
		async *pages(pollContext, from) {
			const body = await pollContext.get({ path: '/api/v1/securityAnalyzer/bestPractices' });
			// Empty where the analyzer never ran: nothing is known then, good or bad.
			const items = expected(pollContext.adapter.paging.items(body), 'a list');
			yield* onePage(
				present(items).map((item) => ({ ...item, name: nameOf(item) })),
				from,
			);
		},
		object: byName,
		conditions: [
			condition(
				'unableToCheck',
				'UnableToCheck',
				'cannot be checked by the Security & Compliance Analyzer',
				'can be checked again',
			),
			condition('violation', 'Violation', 'is violated', 'is no longer violated'),
		],
	},
);
