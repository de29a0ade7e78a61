import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { shortKey } from '../../shared/monitoring/keys';
import { listOf } from '../../shared/monitoring/options';
import type { Happening, TriggerEvent } from '../../shared/monitoring/types';
import type { Watch } from '../../shared/monitoring/pollContext';
import { namesById, PATHS, serversById, text } from '../model/lists';

/** The option that restricts an event to some companies. */
export const COMPANIES: INodeProperties = {
	displayName: 'Company Names or IDs',
	name: 'companies',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getCompanies' },
	default: [],
	description:
		'Only what belongs to these companies; all where empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Whether an organization is among the companies that the user wants. */
export function isWantedCompany(options: IDataObject, organization: unknown): boolean {
	const companies = listOf(options.companies);
	return companies.length === 0 || companies.includes(text(organization));
}

/** The organization of a backup server. */
export const organizationOfServer = async (
	watch: Watch,
	serverUid: unknown,
): Promise<string | undefined> =>
	text((await serversById(watch)).get(text(serverUid))?.organizationUid) || undefined;

/** What is told of a happening besides what its event knows. Asked for what is told only. */
export interface Belonging {
	/** Id of the company, reseller or provider it belongs to. */
	organization(watch: Watch, record: IDataObject): Promise<string | undefined> | string | undefined;
	/** Where the object is a company. */
	itself?(happening: Happening): IDataObject;
	/** The name of an object that its record names by id alone. */
	objectName?(watch: Watch, happening: Happening): Promise<string | undefined>;
}

interface Memory {
	own: unknown;
	/** By open incident: its company, for one whose object goes without leaving a record. */
	companies: Record<string, IDataObject>;
}

/** An event whose items say to which company they belong: `company`, and in the message. */
export function withCompany(event: TriggerEvent, belonging: Belonging): TriggerEvent {
	const complete = async (watch: Watch, happening: Happening, known?: IDataObject) => {
		const { record, object } = happening;
		const organization = await belonging.organization(watch, record);
		const company =
			belonging.itself?.(happening) ??
			(organization ? await companyOf(watch, organization) : (known ?? null));
		const name = await belonging.objectName?.(watch, happening);
		const message = name ? happening.message.replaceAll(object.name, name) : happening.message;
		const isItself = company?.id === object.id;
		return {
			...happening,
			object: { ...object, name: name ?? object.name },
			message: company?.name && !isItself ? `${String(company.name)}: ${message}` : message,
			details: { ...happening.details, company },
		};
	};
	return {
		...event,
		watch: async (watch, before) => {
			const { own, companies } = (before ?? { companies: {} }) as Memory;
			const outcome = await event.watch(watch, own);
			const kept = { ...companies };
			const happenings: Happening[] = [];
			for (const happening of outcome.happenings) {
				const key = shortKey(`${happening.object.id}/${happening.condition}`);
				const told = await complete(watch, happening, kept[key]);
				const { company } = told.details;
				if (happening.transition === 'recovered') delete kept[key];
				else if (happening.transition === 'problem' && company) kept[key] = company;
				happenings.push(told);
			}
			return { ...outcome, happenings, memory: { own: outcome.memory, companies: kept } };
		},
		sample: async (watch) => {
			const happening = await event.sample(watch);
			return happening && (await complete(watch, happening));
		},
	};
}

/** Resellers and the provider are no companies. */
async function companyOf(watch: Watch, organization: string): Promise<IDataObject | null> {
	const companies = await namesById(watch, PATHS.companies, ['name']);
	// Without the right to list companies the id is better than nothing.
	if (companies.size === 0) return { id: organization, name: null };
	const company = companies.get(organization);
	return company ? { id: organization, name: company.name } : null;
}
