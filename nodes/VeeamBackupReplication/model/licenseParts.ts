import type { IDataObject } from 'n8n-workflow';

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

/**
 * The installed license as a list: itself (status, dates) and a part for each of its three
 * summaries. Up to 1.3-rev1 the license has the dates, from rev2 on the summaries have; a part gets
 * its own only where the license has none, so that none is told twice.
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
