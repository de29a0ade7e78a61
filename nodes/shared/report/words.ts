import { DateTime } from 'luxon';

import type { ReportModel } from './model';

/** "Sat 21 Nov 07:00" in the report's zone. */
export function time(iso: string | null | undefined, zone: string): string {
	if (!iso) return 'never';
	const at = DateTime.fromISO(iso, { zone, locale: 'en-GB' });
	return at.isValid ? at.toFormat('ccc d LLL HH:mm') : 'unknown';
}

/** "21 Nov 2026" */
export const date = (iso: string, zone: string): string =>
	DateTime.fromISO(iso, { zone, locale: 'en-GB' }).toFormat('d LLL yyyy');

/** "Fri 20 Nov 07:00 – Sat 21 Nov 07:00 (Europe/Berlin)" */
export const period = ({ period: { from, to }, timeZone }: ReportModel): string =>
	`${time(from, timeZone)} – ${time(to, timeZone)} (${timeZone})`;

/** "11.2 GB", "8.1 TB": three digits or so. */
export function size(gigabytes: number): string {
	const units = ['GB', 'TB', 'PB'];
	let [value, unit] = [Math.max(0, gigabytes), 0];
	while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
	return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

/** "Backup report: 2 jobs failed, 1 repository is low" */
export const subject = ({ title, verdict, tenant }: ReportModel): string =>
	`${title}${tenant === undefined ? '' : ` (${tenant})`}: ${verdict.text}`;
