import { DateTime } from 'luxon';

import { cut, plain, shown } from './escape';
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

/** The most that Exchange Online takes as a subject (its documented limit). */
const SUBJECT = 255;

/** The parts of a sentence that fit, then an ellipsis; where not even the first does, its beginning. */
function clausesOf(text: string, max: number): string {
	if (text.length <= max) return text;
	const ends = [...text.matchAll(/[,;、；]/gu)].map(({ index }) => index);
	const end = ends.filter((one) => one > 0 && one < max - 1).at(-1);
	return end === undefined ? cut(text, max) : `${text.slice(0, end).trimEnd()} …`;
}

/**
 * "❌ Backup Report (vbr01.example.lab): 2 jobs failed, 1 repository is low (1 new)": one line of at most
 * 255 characters, unless it is for another place than the head of a mail.
 */
export function subject(model: ReportModel, most = SUBJECT): string {
	const { title, tenant, server, host, verdict, news, language } = model;
	const speech = speechOf(language);
	const about = tenant ?? (host?.name || server.replace(/:\d+$/, ''));
	const whom = `${MARKS[verdict.status]} ${shown(title, 80)} (${shown(about, 60)})`;
	const said = (text: string): string => {
		const values = { title: whom, verdict: text };
		return news && news.count > 0
			? speech.say('subjectNew', { ...values, n: news.count })
			: speech.say('subject', values);
	};
	return said(clausesOf(plain(verdict.text), most - said('').length));
}

/** "Since the last report (Fri 20 Nov 07:00): 1 new, 2 solved." */
export function newsNote({ news, timeZone, language }: ReportModel): string[] {
	if (news === undefined) return [];
	const speech = speechOf(language);
	const since = speech.time(news.since, timeZone);
	return [speech.say('newsNote', { since, n: news.count, solved: news.solved })];
}
