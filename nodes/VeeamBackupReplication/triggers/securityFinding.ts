import type { IDataObject } from 'n8n-workflow';

import { present } from '../../shared/common/rows';
import { nameOptions } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { expected } from '../model/answers';
import { hasStatus, PATH, practiceName } from '../model/bestPractices';
import { conditionsField, flag } from '../../shared/monitoring/conditions';
import { byName } from './nameOptions';

const FIELD = 'securityFindingConditions';

const named = ({ name }: IDataObject) => `Best practice "${String(name)}"`;

const current = ({ status, note }: IDataObject) => ({ status: status ?? null, note: note ?? '' });

const condition = (
	name: string,
	status: 'Violation' | 'UnableToCheck',
	problem: string,
	recovered: string,
) =>
	flag({
		field: FIELD,
		name,
		is: (record) => hasStatus(record, status),
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
		requires: `GET ${PATH}`,
		name: 'Security Analyzer Finding',
		action: 'On security best practice violated or fixed',
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
			const body = await pollContext.get({ path: PATH });
			const items = present(expected(pollContext.adapter.paging.items(body), 'a list'));
			// Empty where the analyzer never ran, and while it runs: nothing is known then, good or bad.
			if (items.length === 0) {
				yield { items: [], from, next: undefined, isUnknown: true };
				return;
			}
			yield* onePage(
				items.map((item) => ({ ...item, name: practiceName(item) })),
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
