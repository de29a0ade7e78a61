import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { UserFacingFailure } from '../../shared/http/errors';
import { readTime } from '../../shared/common/time';
import { amountOf } from '../../shared/monitoring/options';
import { COUNT, TIME, word, type Deciding } from '../../shared/report/readable';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{
		operation: 'GET /License',
		fields: [
			...['status', 'type', 'package', 'licensedTo', 'totalNumber', 'usedNumber'],
			...['licenseExpires', 'expirationDate', 'supportExpirationDate'],
		],
		fallbacks: {
			supportExpirationDate: 'not known from v7 on',
			package: 'the type alone is the name',
			licenseExpires: '`expirationDate` before v7',
			expirationDate: '`licenseExpires` from v7 on',
		},
	},
];

export const LICENSE = '/License';

/** What of the license decides; a date that is not there is "never", or has another name. */
export const deciding: Deciding = {
	status: word('Valid', 'Expired'),
	licenseExpires: TIME,
	expirationDate: TIME,
	totalNumber: COUNT,
	usedNumber: COUNT,
};

/** The server's license. */
export interface License {
	/** "Suite, Subscription" */
	name: string;
	licensedTo?: string;
	/** "Valid", "Expired" */
	status: string;
	/** When it ends, as the server writes it; undefined: never. */
	expirationDate?: string;
	/** When the support contract ends, as the server writes it; undefined: it does not say. */
	supportEnds?: string;
	usedUsers?: number;
	licensedUsers?: number;
	/** As the server gives it. */
	record: IDataObject;
}

/**
 * @param answer of `GET /License`
 * @throws UserFacingFailure where that is no license: an answer that was cut off is not good news
 */
export function licenseOf(answer: unknown): License {
	const record = answer as IDataObject | undefined | null;
	const status = typeof record === 'object' ? textOf(record?.status) : undefined;
	if (!record || status === undefined)
		throw new UserFacingFailure({
			message: 'The server did not answer with its license.',
			description: 'The answer may have been cut off on the way: look at proxies in between.',
		});
	const name = [textOf(record.package), textOf(record.type)].filter(Boolean).join(', ');
	return {
		name: name || 'License',
		licensedTo: textOf(record.licensedTo),
		status,
		// v6 and earlier have another word for it.
		expirationDate: [record.licenseExpires, record.expirationDate]
			.map(textOf)
			.find((text) => readTime(text) !== undefined),
		supportEnds: textOf(record.supportExpirationDate),
		usedUsers: amountOf(record.usedNumber),
		licensedUsers: amountOf(record.totalNumber),
		record,
	};
}
