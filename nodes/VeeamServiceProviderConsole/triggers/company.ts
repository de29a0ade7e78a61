import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { shortKey } from '../../shared/monitoring/keys';
import { listOf } from '../../shared/monitoring/options';
import type { EventDefinition, Farewells, Notification } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { namesById, serversById } from './lists';
import { readCompany } from '../model/companies';
import { PATHS } from '../model/queries';
import { text } from '../model/values';

/** The option that restricts an event to some companies. */
export const COMPANIES: INodeProperties = {
	displayName: 'Company Names or IDs',
	name: 'companies',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getCompanies' },
	default: [],
	description:
		'Only what belongs to these companies; all if empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Whether an organization is among the companies that the user wants. */
export function isWantedCompany(options: IDataObject, organization: unknown): boolean {
	const companies = listOf(options.companies);
	return companies.length === 0 || companies.includes(text(organization));
}

/** The organization of a backup server. */
export const organizationOfServer = async (
	pollContext: PollContext,
	serverUid: unknown,
): Promise<string | undefined> =>
	text((await serversById(pollContext)).get(text(serverUid))?.organizationUid) || undefined;

/** What is reported of a notification besides what its event knows. Asked for what is reported only. */
export interface Belonging {
	/** Id of the company, reseller or provider it belongs to. */
	organization(
		pollContext: PollContext,
		record: IDataObject,
	): Promise<string | undefined> | string | undefined;
	/** Where the object is a company. */
	itself?(notification: Notification): IDataObject;
	/** The name of an object that its record names by id alone. */
	objectName?(pollContext: PollContext, notification: Notification): Promise<string | undefined>;
}

interface CompaniesState {
	own: unknown;
	/** By open incident: its company, for one whose object goes without leaving a record. */
	companies: Record<string, IDataObject>;
}

/** An event whose items say to which company they belong: `company`, and in the message. */
export function withCompany(event: EventDefinition, belonging: Belonging): EventDefinition {
	const complete = async (
		pollContext: PollContext,
		notification: Notification,
		known?: IDataObject,
	) => {
		const { record, object } = notification;
		const organization = await belonging.organization(pollContext, record);
		const company =
			belonging.itself?.(notification) ??
			(organization ? await companyOf(pollContext, organization) : (known ?? null));
		const name = await belonging.objectName?.(pollContext, notification);
		const message = name
			? notification.message.replaceAll(object.name, name)
			: notification.message;
		const isItself = company?.id === object.id;
		return {
			...notification,
			object: { ...object, name: name ?? object.name },
			message: company?.name && !isItself ? `${String(company.name)}: ${message}` : message,
			details: { ...notification.details, company },
		};
	};
	return {
		...event,
		poll: async (pollContext, before) => {
			const { own, companies } = (before ?? { companies: {} }) as CompaniesState;
			const outcome = await event.poll(pollContext, own);
			const kept = { ...companies };
			const notifications: Notification[] = [];
			for (const notification of outcome.notifications) {
				const key = incidentOf(notification);
				const emitted = await complete(pollContext, notification, kept[key]);
				const { company } = emitted.details;
				if (notification.transition === 'recovered') delete kept[key];
				else if (notification.transition === 'problem' && company) kept[key] = company;
				notifications.push(emitted);
			}
			return { ...outcome, notifications, memory: { own: outcome.memory, companies: kept } };
		},
		...(event.beginAnew
			? {
					beginAnew: (memory: unknown) => {
						const { own, companies } = memory as CompaniesState;
						return { own: own === undefined ? own : event.beginAnew?.(own), companies };
					},
				}
			: {}),
		...(event.leave ? { leave: (memory, most) => leave(event, memory, most) } : {}),
		...(event.closeUnpicked
			? {
					closeUnpicked: (memory: unknown, options: IDataObject, most: number) => {
						const { own, companies } = memory as CompaniesState;
						const kept = event.closeUnpicked?.(own, options, most);
						return {
							notifications: (kept?.notifications ?? []).map((one) => remembered(one, companies)),
							memory: { own: kept?.memory ?? own, companies },
						};
					},
				}
			: {}),
		sample: async (pollContext) => {
			const notification = await event.sample(pollContext);
			return notification && (await complete(pollContext, notification));
		},
	};
}

/** Closes what is open, each with the company that is remembered. */
function leave(event: EventDefinition, before: unknown, most: number): Farewells {
	const { own, companies } = (before ?? { companies: {} }) as CompaniesState;
	const { notifications, memory } = event.leave?.(own, most) ?? { notifications: [] };
	return {
		notifications: notifications.map((one) => remembered(one, companies)),
		...(memory === undefined ? {} : { memory: { own: memory, companies } }),
	};
}

/** A notification with the company that is remembered of its incident. */
function remembered(one: Notification, companies: CompaniesState['companies']): Notification {
	const company = companies[incidentOf(one)] ?? null;
	const { name } = company ?? {};
	const message =
		name && company?.id !== one.object.id ? `${String(name)}: ${one.message}` : one.message;
	return { ...one, message, details: { ...one.details, company } };
}

const incidentOf = ({ object: { id, scope = '' }, condition }: Notification): string =>
	shortKey(`${scope}/${id}/${condition}`);

/** Resellers and the provider are no companies. */
async function companyOf(
	pollContext: PollContext,
	organization: string,
): Promise<IDataObject | null> {
	const companies = await namesById(pollContext, PATHS.companies, ['name']);
	// Without the right to list companies the id is better than nothing.
	if (companies.size === 0) return { id: organization, name: null };
	const company = companies.get(organization);
	return company ? { id: organization, name: readCompany(company).name || null } : null;
}
