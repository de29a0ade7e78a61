import { DateTime } from 'luxon';

import type { ReportModel, ReportStatus } from './model';
import { speechOf } from './speech';

/** Sentences of a report that every form has. */

/** "Backup Report (Alpha)" */
export const titleOf = ({ title, tenant }: ReportModel): string =>
	tenant === undefined ? title : `${title} (${tenant})`;

/**
 * "Fri 20 Nov 07:00 – Sat 21 Nov 07:00 (Europe/Berlin)"; with the offsets where the clocks were
 * changed in between: the same hour may come twice then.
 */
export function period({ period: { from, to }, timeZone: zone, language }: ReportModel): string {
	const speech = speechOf(language);
	const offset = (iso: string) => DateTime.fromISO(iso, { zone }).toFormat('ZZ');
	const [begin, end] = [offset(from), offset(to)];
	const shown = (iso: string, of: string) =>
		`${speech.time(iso, zone)}${begin === end ? '' : ` ${of}`}`;
	return `${shown(from, begin)} – ${shown(to, end)} (${zone})`;
}

/**
 * "Veeam Backup & Replication 13.0.1.1071 · vbr01.example.lab (10.0.0.5:9419)": as far as the server says
 * it of itself.
 */
export function whereOf({ product, server, host }: ReportModel): string {
	const [named, address] = [host?.name ?? '', server.replace(/:\d+$/, '')];
	const isAddress = named === '' || named.toLowerCase() === address.toLowerCase();
	return [
		[product, host?.version].filter(Boolean).join(' '),
		isAddress ? server : `${named} (${server})`,
	].join(' · ');
}

/** First in the subject: a list of mails is read by it, on a phone above all. */
const MARKS: Record<ReportStatus, string> = { good: '✅', warning: '⚠️', bad: '❌' };

/** "❌ Backup Report (vbr01.example.lab): 2 jobs failed, 1 repository is low (1 new)" */
export function subject(model: ReportModel): string {
	const { title, tenant, server, host, verdict, news, language } = model;
	const speech = speechOf(language);
	const about = tenant ?? (host?.name || server.replace(/:\d+$/, ''));
	const values = { title: `${MARKS[verdict.status]} ${title} (${about})`, verdict: verdict.text };
	return news && news.count > 0
		? speech.say('subjectNew', { ...values, n: news.count })
		: speech.say('subject', values);
}

/** "Since the last report (Fri 20 Nov 07:00): 1 new, 2 solved." */
export function newsNote({ news, timeZone, language }: ReportModel): string[] {
	if (news === undefined) return [];
	const speech = speechOf(language);
	const since = speech.time(news.since, timeZone);
	return [speech.say('newsNote', { since, n: news.count, solved: news.solved })];
}
