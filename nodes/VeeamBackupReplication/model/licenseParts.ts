import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { COUNT, TIME, word, type Deciding } from '../../shared/report/readable';
import { expected } from './answers';

export const PATH = '/api/v1/license';

/** A license's own records and those of what it counts: each can end or be used up by itself. */
const PARTS = [
	{
		...{ id: 'capacity', name: 'Capacity license', unit: 'TB', summary: 'capacityLicenseSummary' },
		...{ licensed: 'licensedCapacityTb', used: 'usedCapacityTb' },
	},
	{
		...{ id: 'instances', name: 'Instance license', unit: 'instances' },
		summary: 'instanceLicenseSummary',
		...{ licensed: 'licensedInstancesNumber', used: 'usedInstancesNumber' },
	},
	{
		...{ id: 'sockets', name: 'Socket license', unit: 'sockets', summary: 'socketLicenseSummary' },
		...{ licensed: 'licensedSocketsNumber', used: 'usedSocketsNumber' },
	},
] as const;

const DATES = ['expirationDate', 'supportExpirationDate'];

/** Capacity has no dates of its own in any version. */
const DATED = ['instanceLicenseSummary', 'socketLicenseSummary'];

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		without: 'the event is refused, and the report has a note (before 1.2-rev1)',
		fields: [
			...['status', 'type', 'edition', 'licensedTo', 'supportId', ...DATES],
			...PARTS.flatMap(({ summary, licensed, used }) => [
				`${summary}.${licensed}`,
				`${summary}.${used}`,
			]),
			...DATED.flatMap((summary) => DATES.map((date) => `${summary}.${date}`)),
		],
		fallbacks: {
			...Object.fromEntries(DATES.map((date) => [date, 'the summaries have it (1.3-rev2)'])),
			...Object.fromEntries(
				DATED.flatMap((summary) =>
					DATES.map((date) => [`${summary}.${date}`, 'the license has it (up to 1.3-rev1)']),
				),
			),
		},
	},
];

/**
 * What of a license decides: its state and its end, and of each kind of units that it has how many of
 * them there are.
 */
export const decidingIn = (license: IDataObject): Deciding => ({
	status: word('Valid', 'Expired', 'Invalid'),
	expirationDate: TIME,
	...Object.fromEntries(
		PARTS.filter(
			({ summary }) => license[summary] !== undefined && license[summary] !== null,
		).flatMap(({ summary, licensed, used }) => [
			...[licensed, used].map((field) => [`${summary}.${field}`, COUNT]),
			[`${summary}.expirationDate`, TIME],
		]),
	),
});

/**
 * The installed license, as the server answers it.
 *
 * @throws UserFacingFailure where the answer is none
 */
export const licenseIn = (body: unknown): IDataObject => {
	const found = body as IDataObject | null | undefined;
	return expected(typeof found?.status === 'string' ? found : undefined, 'a license');
};

/**
 * The installed license as a list: itself (status, dates) and a part for each of its three
 * summaries. Up to 1.3-rev1 the license has the dates, from rev2 on the summaries have; a part gets
 * its own only where the license has none, so that none is reported twice.
 */
export function licenseParts(license: IDataObject): IDataObject[] {
	const { licensedTo = null, edition = null, supportId = null } = license;
	const shared = { licensedTo, edition, supportId };
	const whole: IDataObject = Object.fromEntries(
		Object.entries(license).filter(([name]) => !name.endsWith('Summary')),
	);
	const parts = PARTS.flatMap(({ id, name, unit, summary, licensed, used }) => {
		const found = license[summary] as IDataObject | null | undefined;
		if (!found) return [];
		const dates = DATES.filter((date) => found[date] && !license[date]);
		return {
			...{ id, name, unit, ...shared },
			...{ licensed: found[licensed] ?? null, used: found[used] ?? null },
			...Object.fromEntries(dates.map((date) => [date, found[date]])),
		};
	});
	return [{ ...whole, id: 'license', name: 'License' }, ...parts];
}
