import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import { amountOf } from '../../shared/monitoring/options';
import { assessLicense, supportOf } from '../../shared/report/assess';
import type { ReportLicense } from '../../shared/report/model';
import { inWords } from '../model/catalogueFacts';
import { licenseParts } from '../model/licenseParts';
import { textOf } from '../model/text';

/**
 * One row for each kind of unit that is licensed. Up to 1.3-rev1 the license itself has the date on
 * which it expires, in 1.3-rev2 its kinds of units have one each.
 */
export function licenseRows(
	license: IDataObject,
	judging: { now: number; expiresInDays: number },
): ReportLicense[] {
	const [whole = {}, ...parts] = licenseParts(license);
	const name =
		[textOf(whole.edition), textOf(whole.type)].filter(Boolean).map(inWords).join(', ') ||
		'License';
	const state = textOf(whole.status);
	const expiry = readTime(whole.expirationDate);
	const support = readTime(whole.supportExpirationDate);
	const rows = parts.flatMap((part): ReportLicense[] => {
		const [used, total] = [amountOf(part.used), amountOf(part.licensed)];
		const own = readTime(part.expirationDate);
		const ownSupport = readTime(part.supportExpirationDate);
		if (own === undefined && !used && !total) return [];
		const units = used === undefined || total === undefined ? {} : { used, total };
		return [
			{
				...assessLicense(
					{ name, state, ...units, unit: textOf(part.unit) },
					own ?? expiry,
					judging,
				),
				...supportOf(ownSupport ?? support),
			},
		];
	});
	return rows.length > 0
		? rows
		: [{ ...assessLicense({ name, state }, expiry, judging), ...supportOf(support) }];
}
