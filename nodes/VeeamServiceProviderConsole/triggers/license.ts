import type { IDataObject } from 'n8n-workflow';

import {
	expiring,
	LICENSE_FIELD,
	licenseConditionsField,
	licenseOptions,
	overused,
	usageOf,
} from '../../shared/monitoring/licenseConditions';
import { UserFacingFailure } from '../../shared/http/errors';
import { isPicked } from '../../shared/monitoring/conditions';
import type { Condition } from '../../shared/monitoring/incidents';
import { listOf } from '../../shared/monitoring/options';
import { partsEvent, type Part } from '../../shared/monitoring/parts';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { byId, pagesOf, serversById } from './lists';
import { isLicense, LICENSES, readLicense, type LicenseKind } from '../model/licenses';
import { PATHS } from '../model/queries';
import { readServer } from '../model/servers';
import { text } from '../model/values';

const named = ({ name }: IDataObject): string => `The license of "${text(name)}"`;

/** A license with the fields that all kinds have in common; of several units the fullest counts. */
function common(record: IDataObject): IDataObject {
	const { serverId, usages } = readLicense(record);
	const [fullest] = usages;
	return {
		...record,
		id: serverId || 'console',
		name: serverId || 'Veeam Service Provider Console',
		...(fullest
			? { licensed: fullest.total, used: fullest.used, unit: fullest.unit }
			: { licensed: undefined, used: undefined, unit: undefined }),
	};
}

/** To whom a license belongs, where only those of some companies are watched. */
const owners = new WeakMap<IDataObject, string>();

/** The licenses of one kind. */
async function* licensePages(pollContext: PollContext, { value, path }: LicenseKind, from: number) {
	const some = listOf(pollContext.options.companies).length > 0;
	if (value === 'console') {
		yield* onePage([common(await consoleLicense(pollContext, path))], from);
		return;
	}
	const list = value === 'servers' ? PATHS.servers : PATHS.vb365Servers;
	const servers = some ? await byId(pollContext, list, ['name', 'organizationUid']) : undefined;
	for await (const page of pagesOf(pollContext, path, from)) {
		const items = page.items.map(common).map((license) => {
			const { organization } = readServer(servers?.get(text(license.id)) ?? {});
			owners.set(license, organization);
			return license;
		});
		yield { ...page, items };
	}
}

/**
 * @throws UserFacingFailure where the answer is no license: taken for one, all that is open would
 * seem to be over
 */
async function consoleLicense(pollContext: PollContext, path: string): Promise<IDataObject> {
	const body = (await pollContext.get({ path })) as IDataObject | undefined;
	const record = typeof body === 'object' && body !== null ? (body.data ?? body) : undefined;
	if (isLicense(record)) return record;
	throw new UserFacingFailure({
		message: 'The server did not answer with a license.',
		description: 'The answer may have been cut off on the way: look at proxies in between.',
	});
}

const used = overused(isPicked(LICENSE_FIELD, 'overused'), (record, transition) => {
	const usage = usageOf(record.used, record.licensed);
	if (!usage)
		return `${named(record)} ${transition === 'recovered' ? 'has room again' : 'is still used up; the server does not say how far'}.`;
	const figures = `${usage.used} of ${usage.licensed} ${text(record.unit)}`;
	return transition === 'recovered'
		? `${named(record)} has room again: ${figures} (${usage.usedPercent} %) used.`
		: `${named(record)} is ${transition === 'reminder' ? 'still ' : ''}used up to ${usage.usedPercent} %: ${figures}.`;
});

const DEGREES = { valid: 0, warned: 1, invalid: 2 } as const;

/** A license with a warning still works: it is no error. */
const notValid: Condition = {
	name: 'notValid',
	isWanted: isPicked(LICENSE_FIELD, 'notValid'),
	level: (record) => {
		const { validity } = readLicense(record);
		return validity && DEGREES[validity];
	},
	severity: (level) => (level > 1 ? 'error' : 'warning'),
	message: (record, transition) => {
		const { status, validity, statusMessage } = readLicense(record);
		const about = named(record);
		if (transition === 'recovered') return `${about} is valid again.`;
		const still = transition === 'reminder' ? 'still ' : '';
		const said = statusMessage ? `: ${statusMessage}` : '.';
		return validity === 'warned'
			? `${about} ${still}has a warning${said}`
			: `${about} is ${still}not valid${status ? ` (${status.toLowerCase()})` : ''}: install a valid license.`;
	},
	current: ({ status }) => ({ status: status ?? null }),
};

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

const described = {
	value: 'license',
	name: 'License',
	action: 'On license expiring or used up',
	description:
		'A license of the console or of a server expires soon, is used up, has a warning or is not valid',
	fields: [
		licenseConditionsField(),
		{
			displayName: 'Licenses Of',
			name: 'licenseOf',
			type: 'multiOptions' as const,
			options: LICENSES.map(({ name, value }) => ({ name, value })),
			default: ['console', 'servers'],
			description:
				"Whose licenses to watch; each takes one request per poll. The console's own license does not show what is used, so Used Up applies to the licenses of servers only.",
		},
	],
	options: [COMPANIES, ...licenseOptions()],
};

const partOf = (kind: LicenseKind): Part => ({
	key: kind.value,
	list: {
		id: `license/${kind.value}`,
		name: kind.value === 'console' ? 'Licenses of the console' : kind.what,
		path: kind.path,
		advice: 'Take them out of Licenses Of, or let the user of the credential read them.',
	},
	// The console belongs to no company.
	isWanted: ({ options }) =>
		listOf(options.licenseOf).includes(kind.value) &&
		(kind.value !== 'console' || listOf(options.companies).length === 0),
	event: snapshotEvent(described, {
		type: 'License',
		pages: (pollContext, from) => licensePages(pollContext, kind, from),
		object: (record, options) => ({
			...{ id: text(record.id), name: text(record.name) },
			isLeftOut: kind.value !== 'console' && !isWantedCompany(options, owners.get(record)),
		}),
		conditions: [
			expiring({
				name: 'expiring',
				isWanted: isPicked(LICENSE_FIELD, 'expiring'),
				named,
				field: 'expirationDate',
			}),
			notValid,
			used,
		],
	}),
});

/** Licenses of the console and of the servers it manages. */
export const license = withCompany(partsEvent(described, LICENSES.map(partOf)), {
	organization: async (pollContext, record) =>
		text((await serverOf(pollContext, record))?.organizationUid) || undefined,
	objectName: async (pollContext, { record }) =>
		text((await serverOf(pollContext, record))?.name) || undefined,
});
