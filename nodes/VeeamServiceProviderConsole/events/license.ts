import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/polling/incidents';
import { listOf, numberOf } from '../../shared/polling/options';
import { statesEvent } from '../../shared/polling/states';
import { above, below } from '../../shared/polling/thresholds';
import { DAY, readTime } from '../../shared/polling/time';
import type { Watch } from '../../shared/polling/watch';
import { COMPANIES, withCompany } from './company';
import { plain } from './conditions';
import { LICENSES, licensePages } from './licenses';
import { PATHS, same, serversById, text } from './lists';

const FIELD = 'licenseConditions';
const named = ({ name }: IDataObject): string => `The license of "${text(name)}"`;
const isWanted = (name: string) => (options: IDataObject) => listOf(options[FIELD]).includes(name);

const daysOf = ({ expirationDate }: IDataObject, now: number): number | undefined => {
	const end = readTime(expirationDate);
	return end === undefined ? undefined : (end - now) / DAY;
};

const expiring: Condition = {
	name: 'expiring',
	isWanted: isWanted('expiring'),
	degree: (record, before, { options, now }) => {
		const days = daysOf(record, now);
		if (days === undefined) return 0;
		// On the last day it is still there.
		const opens = (numberOf(options.expiresInDays) ?? 30) + 1;
		return below(days, { opens, closes: opens }, before);
	},
	severity: (degree) => (degree > 1 ? 'error' : 'warning'),
	message: (record, transition, { now }) => {
		const days = daysOf(record, now);
		if (transition === 'recovered' || days === undefined)
			return `${named(record)} does not expire soon any more.`;
		const whole = Math.floor(days);
		const date = text(record.expirationDate).slice(0, 10);
		return days <= 0
			? `${named(record)} expired on ${date}.`
			: `${named(record)} expires in ${whole} ${whole === 1 ? 'day' : 'days'}, on ${date}.`;
	},
	current: (record, { now }) => ({
		expirationDate: record.expirationDate ?? null,
		daysLeft: Math.floor(daysOf(record, now) ?? 0),
	}),
};

function usage({ used, licensed }: IDataObject) {
	const [is, of] = [numberOf(used), numberOf(licensed)];
	if (is === undefined || !of) return undefined;
	return { used: is, licensed: of, usedPercent: Math.round((is / of) * 1000) / 10 };
}

const overused: Condition = {
	name: 'overused',
	isWanted: isWanted('overused'),
	degree: (record, before, { options }) => {
		const found = usage(record);
		if (!found) return 0;
		const first = numberOf(options.usagePercent) ?? 90;
		// What is used up is told once more.
		const steps = first < 100 ? [first, 100] : [first];
		return above(found.usedPercent, { steps, closes: first - 5 }, before);
	},
	severity: (degree) => (degree > 1 ? 'error' : 'warning'),
	message: (record, transition) => {
		const { used, licensed, usedPercent } = usage(record) ?? {};
		const figures = `${used} of ${licensed} ${text(record.unit)}`;
		return transition === 'recovered'
			? `${named(record)} has room again: ${figures} (${usedPercent} %) used.`
			: `${named(record)} is ${transition === 'reminder' ? 'still ' : ''}used up to ${usedPercent} %: ${figures}.`;
	},
	current: (record) => ({ ...usage(record) }),
};

const vb365 = ({ vb365ServerUid }: IDataObject) => text(vb365ServerUid) !== '';

const serverOf = async (watch: Watch, record: IDataObject): Promise<IDataObject | undefined> => {
	const id = text(record.backupServerUid) || text(record.vb365ServerUid);
	if (!id) return undefined;
	return (await serversById(watch, vb365(record) ? PATHS.vb365Servers : PATHS.servers)).get(id);
};

/** Licenses of the console and of the servers it manages. */
export const license = withCompany(
	statesEvent(
		{
			value: 'license',
			name: 'License',
			description: 'A license of the console or of a server expires soon, is used up or not valid',
			fields: [
				{
					displayName: 'Conditions',
					name: FIELD,
					type: 'multiOptions',
					options: [
						{ name: 'Expires Soon', value: 'expiring' },
						{ name: 'Not Valid', value: 'notValid' },
						{ name: 'Used Up', value: 'overused' },
					],
					default: ['expiring', 'notValid', 'overused'],
					description: 'What counts as a problem',
				},
				{
					displayName: 'Licenses Of',
					name: 'licenseOf',
					type: 'multiOptions',
					options: LICENSES.map(({ name, value }) => ({ name, value })),
					default: ['console', 'servers'],
					description: 'Whose licenses to watch; each takes a request of its own per poll',
				},
			],
			options: [
				COMPANIES,
				{
					displayName: 'Expires in (Days)',
					name: 'expiresInDays',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 30,
					description: 'So many days or less; told again at half and at a quarter of them',
				},
				{
					displayName: 'Used Up From (Percent)',
					name: 'usagePercent',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 90,
					description:
						'Used Up: so many percent or more, and again at 100. It has recovered 5 percent lower.',
				},
			],
		},
		{
			type: 'License',
			pages: licensePages,
			object: ({ id, name }) => ({ id: text(id), name: text(name) }),
			conditions: [
				expiring,
				plain(
					FIELD,
					'notValid',
					({ status }) => (same(status, 'Unknown') || !status ? undefined : !same(status, 'Valid')),
					{
						wrong: 'is not valid: install a valid license',
						still: 'is still not valid',
						well: 'is valid again',
					},
					{ named, shown: ['status'], isError: true },
				),
				overused,
			],
		},
	),
	{
		organization: async (watch, record) =>
			text((await serverOf(watch, record))?.organizationUid) || undefined,
		objectName: async (watch, { record }) =>
			text((await serverOf(watch, record))?.name) || undefined,
	},
);
