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

/**
 * "Fri 20 Nov 07:00 – Sat 21 Nov 07:00 (Europe/Berlin)"; with the offsets where the clocks were
 * changed in between: the same hour may come twice then.
 */
export function period({ period: { from, to }, timeZone: zone }: ReportModel): string {
	const offset = (iso: string) => DateTime.fromISO(iso, { zone }).toFormat('ZZ');
	const [begin, end] = [offset(from), offset(to)];
	const shown = (iso: string, of: string) => `${time(iso, zone)}${begin === end ? '' : ` ${of}`}`;
	return `${shown(from, begin)} – ${shown(to, end)} (${zone})`;
}

/** "11.2 GB", "8.1 TB": three digits or so. */
export function size(gigabytes: number): string {
	const units = ['GB', 'TB', 'PB'];
	let [value, unit] = [Math.max(0, gigabytes), 0];
	while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
	return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

/** "Backup Report: 2 jobs failed, 1 repository is low (1 new)" */
export const subject = ({ title, verdict, tenant, news }: ReportModel): string =>
	`${title}${tenant === undefined ? '' : ` (${tenant})`}: ${verdict.text}${news && news.count > 0 ? ` (${news.count} new)` : ''}`;

/** "Since the last report (Fri 20 Nov 07:00): 1 new, 2 solved." */
export const newsNote = ({ news, timeZone }: ReportModel): string[] =>
	news === undefined
		? []
		: [
				`Since the last report (${time(news.since, timeZone)}): ${news.count} new, ${news.solved} solved.`,
			];

/** What the signs of the history mean. */
export const SIGN_KEY = '✓ good, ! warning, ✗ failed, · no run, ? not known';
