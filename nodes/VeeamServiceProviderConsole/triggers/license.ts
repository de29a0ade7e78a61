import type { IDataObject } from 'n8n-workflow';

import {
	expiring,
	licenseOptions,
	overused,
	usageOf,
} from '../../shared/monitoring/licenseConditions';
import { listOf } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, withCompany } from './company';
import { plain } from './conditions';
import { LICENSES, licensePages } from '../model/licenses';
import { PATHS, same, serversById, text } from '../model/lists';

const FIELD = 'licenseConditions';
const named = ({ name }: IDataObject): string => `The license of "${text(name)}"`;
const isWanted = (name: string) => (options: IDataObject) => listOf(options[FIELD]).includes(name);

const used = overused(isWanted('overused'), (record, transition) => {
	const { used: is, licensed, usedPercent } = usageOf(record.used, record.licensed) ?? {};
	const figures = `${is} of ${licensed} ${text(record.unit)}`;
	return transition === 'recovered'
		? `${named(record)} has room again: ${figures} (${usedPercent} %) used.`
		: `${named(record)} is ${transition === 'reminder' ? 'still ' : ''}used up to ${usedPercent} %: ${figures}.`;
});

const vb365 = ({ vb365ServerUid }: IDataObject) => text(vb365ServerUid) !== '';

const serverOf = async (
	pollContext: PollContext,
	record: IDataObject,
): Promise<IDataObject | undefined> => {
	const id = text(record.backupServerUid) || text(record.vb365ServerUid);
	if (!id) return undefined;
	return (await serversById(pollContext, vb365(record) ? PATHS.vb365Servers : PATHS.servers)).get(
		id,
	);
};

/** Licenses of the console and of the servers it manages. */
export const license = withCompany(
	snapshotEvent(
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
			options: [COMPANIES, ...licenseOptions()],
		},
		{
			type: 'License',
			pages: licensePages,
			object: ({ id, name }) => ({ id: text(id), name: text(name) }),
			conditions: [
				expiring({
					name: 'expiring',
					isWanted: isWanted('expiring'),
					named,
					field: 'expirationDate',
				}),
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
				used,
			],
		},
	),
	{
		organization: async (pollContext, record) =>
			text((await serverOf(pollContext, record))?.organizationUid) || undefined,
		objectName: async (pollContext, { record }) =>
			text((await serverOf(pollContext, record))?.name) || undefined,
	},
);
