import type { IDataObject } from 'n8n-workflow';

import type { Condition, Facts } from '../../shared/monitoring/incidents';
import { numberOf } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { above } from '../../shared/monitoring/thresholds';
import { DAY, readTime, span } from '../../shared/common/time';
import { configBackupIn, isEnabled, lastSuccess, PATH } from '../model/configBackup';
import { conditionsField, flag, isPicked, not } from '../../shared/monitoring/conditions';

const FIELD = 'configBackupOverdueConditions';

const NAME = 'Configuration backup';

/** Where the server does not say it any more, the last success is the one it named before. */
const lastKnown = (record: IDataObject, { kept }: Facts): string | undefined =>
	lastSuccess(record) ?? kept;

const current = (record: IDataObject, facts: Facts) => ({
	isEnabled: isEnabled(record) ?? null,
	lastSuccessfulTime: lastKnown(record, facts) ?? null,
});

const overdue: Condition = {
	name: 'overdue',
	isWanted: isPicked(FIELD, 'overdue'),
	level: (record, before, facts) => {
		const { options, now } = facts;
		const time = readTime(lastKnown(record, facts));
		// It has never succeeded.
		if (time === undefined) return Math.max(1, before);
		const days = numberOf(options.overdueDays) ?? 2;
		const steps = [days, days * 2, days * 4];
		return above((now - time) / DAY, { steps, closes: days }, before);
	},
	severity: (level) => (level > 1 ? 'error' : 'warning'),
	message: (record, transition, facts) => {
		if (transition === 'recovered') return `${NAME} has succeeded again.`;
		const time = readTime(lastKnown(record, facts));
		return time === undefined
			? `${NAME} has never succeeded.`
			: `${NAME} is ${transition === 'reminder' ? 'still ' : ''}overdue: it last succeeded ${span(facts.now - time)} ago.`;
	},
	current,
	start: lastKnown,
};

const disabled = flag({
	field: FIELD,
	name: 'disabled',
	is: (record) => not(isEnabled(record)),
	named: () => NAME,
	problem: 'is not enabled',
	reminder: 'is still not enabled',
	recovered: 'is enabled again',
	current,
});

/** A backup of the server's own configuration that is off or old. */
export const configBackupOverdue = snapshotEvent(
	{
		value: 'configBackupOverdue',
		name: 'Configuration Backup Overdue',
		action: 'On configuration backup overdue or disabled',
		short: 'Configuration Backup',
		description:
			'The configuration backup is not enabled or has not succeeded for days; needs a Backup Administrator',
		fields: [
			conditionsField(
				FIELD,
				[
					{ name: 'Not Enabled', value: 'disabled' },
					{ name: 'Overdue', value: 'overdue' },
				],
				['disabled', 'overdue'],
			),
		],
		options: [
			{
				displayName: 'Overdue After (Days)',
				name: 'overdueDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 2,
				description:
					'Overdue: the last success is at least this many days old; reported again at twice and four times that age',
			},
		],
	},
	{
		type: 'Configuration Backup',
		async *pages(pollContext, from) {
			yield* onePage([configBackupIn(await pollContext.get({ path: PATH }))], from);
		},
		object: () => ({ id: 'configBackup', name: NAME }),
		conditions: [disabled, overdue],
		keep: (record, before) => lastSuccess(record) ?? before,
	},
);
