import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { text } from './values';

/**
 * The organization a record belongs to; each kind names it in its own way. A job that was assigned to
 * a company is that company's, whoever owns the server.
 *
 * @returns empty where it names none
 */
export const organizationOf = (record: IDataObject): string =>
	text(record.vspcOrganizationUid) ||
	text(record.mappedOrganizationUid) ||
	text(record.organizationUid);

export interface Company {
	id: string;
	name: string;
	/** "Active", "Disabled" …; empty where the server does not say. */
	status: string;
}

/** @param record an element of `GET /organizations/companies` */
export const readCompany = (record: IDataObject): Company => ({
	id: text(record.instanceUid),
	name: text(record.name),
	status: text(record.status),
});

export const reads: ReadFields[] = [
	{
		operation: 'GET /organizations/companies',
		fields: ['instanceUid', 'name', 'status'],
	},
];
