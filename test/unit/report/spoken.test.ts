/**
 * Real reports of random estates of all three products, in every language and every form: no word of
 * another language but what the servers said, no key, no slip, one blank between words, and the plural
 * that the language has for a number.
 */

import { PRODUCTS } from '../../../nodes/products';
import type { VeeamClient } from '../../../nodes/shared/http/types';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import { de } from '../../../nodes/shared/report/languages/de';
import { en, TERMS } from '../../../nodes/shared/report/languages/en';
import { es } from '../../../nodes/shared/report/languages/es';
import { fr } from '../../../nodes/shared/report/languages/fr';
import { ja } from '../../../nodes/shared/report/languages/ja';
import type { LanguageTable } from '../../../nodes/shared/report/languages/table';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { LANGUAGES, type Language } from '../../../nodes/shared/report/speech';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { SLIP, textsOf } from '../../support/damage';
import { SOURCES } from './randomEstates';

jest.setTimeout(300_000);

const SEEDS = 12;
const TABLES: Record<Language, { words: LanguageTable['words']; terms: Record<string, string> }> = {
	en: { words: en, terms: Object.fromEntries(TERMS.map((term) => [term, term])) },
	...{ de, fr, es, ja },
};
const SPOKEN = Object.keys(LANGUAGES) as Language[];

/** A client that keeps every text that the server says. */
function listening(client: VeeamClient, heard: Set<string>): VeeamClient {
	const hear = <T>(answer: T): T => {
		for (const text of textsOf(answer)) heard.add(text);
		return answer;
	};
	return {
		...client,
		request: async (one) => hear(await client.request(one)),
		list: async (one, options) => hear(await client.list(one, options)),
	};
}

const withoutMarkup = (html: string): string =>
	html
		.replace(/<style>.*?<\/style>/s, ' ')
		.replace(/<title>.*?<\/title>/s, ' ')
		.replace(/<\/?(b|strong|em|i|span|a)\b[^>]*>/g, '')
		.replace(/<[^>]+>/g, '\n')
		.replace(/&nbsp;/g, '\u00a0')
		.replace(/&amp;/g, '&')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&times;/g, '×')
		.replace(/&#39;|&#x27;/g, "'");

/** What a person reads of a message or card: its texts, not the names of its parts. */
const read = (value: unknown, key = ''): string[] =>
	typeof value === 'string'
		? ['text', 'title', 'value', 'fallbackText', 'altText'].includes(key)
			? [withoutMarkup(value).replace(/:\w+:/g, '')]
			: []
		: typeof value === 'object' && value !== null
			? Object.entries(value).flatMap(([name, one]) => read(one, Array.isArray(value) ? key : name))
			: [];

/** Every form of a report, line by line. */
const linesOf = (model: ReportModel): string[] =>
	[
		subject(model),
		renderText(model, 20),
		withoutMarkup(renderHtml(model, 20, '')),
		...read(renderSlackBlocks(model, 20)),
		...read(renderTeamsCard(model, 20)),
	].flatMap((text) => text.split(/\r?\n/));

/** Words in small letters: headings are in capitals, which write ß as SS. */
const lettersOf = (text: string): string[] =>
	text
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.match(/[\p{Script=Latin}]{2,}/gu) ?? [];

const sentencesOf = (language: Language): string[] => [
	...Object.values(TABLES[language].words).flatMap((one) =>
		typeof one === 'string' ? [one] : Object.values(one),
	),
	...Object.values(TABLES[language].terms),
];

/** Months and days, as each locale writes them. */
function calendarOf(language: Language): string[] {
	const days = Array.from({ length: 366 }, (_, day) => new Date(2026, 0, day));
	const styles = ['short', 'long'] as const;
	return styles.flatMap((style) =>
		days.flatMap((day) => [
			day.toLocaleDateString(language, { weekday: style, month: style, day: 'numeric' }),
			day.toLocaleDateString(language, { month: style }),
		]),
	);
}

/** Not words of a language: units, abbreviations, names of products and their parts, times. */
const NAMES = [
	'Backup Replication Microsoft 365 Service Provider Console Veeam for API UTC CSV ID VM RPO',
	'KB MB GB TB PB GiB kB MiB min Enterprise Plus Subscription',
	...PRODUCTS.map(({ product }) => product.adapter.displayName),
].join(' ');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Sentences that a number decides the form of, as patterns with the number as a group. */
function countedIn(language: Language): Array<{ form: string; pattern: RegExp; key: string }> {
	return Object.entries(TABLES[language].words).flatMap(([key, one]) =>
		typeof one === 'string'
			? []
			: Object.entries(one).flatMap(([form, text]) => {
					const parts = text.split(/(\{\w+\})/);
					if (parts.filter((part) => part === '{n}').length !== 1) return [];
					if (parts.some((part) => /^\{\w+\}$/.test(part) && part !== '{n}')) return [];
					// The same in every form: says nothing of the number.
					if (Object.values(one).filter((other) => other === text).length > 1) return [];
					const source = parts
						.map((part) => (part === '{n}' ? '(\\d[\\d.,\\u202f\\u00a0]*)' : escaped(part)))
						.join('');
					const pattern = new RegExp(`(?<![\\p{L}\\d.,])${source}(?![\\p{L}])`, 'u');
					return [{ form, pattern, key }];
				}),
	);
}

const numberIn = (text: string): number => Number(text.replace(/[^\d]/g, ''));

describe.each(SOURCES)('a report of $name', ({ client, report }) => {
	const heard = new Set<string>();
	const nothing = () =>
		new Map<Language, Set<string>>(SPOKEN.map((language) => [language, new Set()]));
	const [said, filed] = [nothing(), nothing()];

	beforeAll(async () => {
		for (let seed = 1; seed <= SEEDS; seed++)
			for (const language of SPOKEN) {
				const models = await report(listening(client(seed), heard), language, seed);
				for (const model of models) {
					// What the server or n8n says of a failure is passed on as it is.
					for (const { reason } of model.unavailable) heard.add(reason);
					heard.add(model.server);
					for (const line of linesOf(model)) said.get(language)!.add(line);
					for (const line of renderCsv(model).split('\r\n')) filed.get(language)!.add(line);
				}
			}
	});

	it.each(SPOKEN)('in %s says nothing of another language, and no key', (language) => {
		const own = new Set(
			[NAMES, ...heard, ...sentencesOf(language), ...calendarOf(language)].flatMap((text) =>
				lettersOf(text.replace(/\{\w+\}/g, ' ')),
			),
		);
		const foreign = new Map<string, string>();
		for (const line of [...said.get(language)!, ...filed.get(language)!])
			for (const word of lettersOf(line.replace(/\d\dT\d\d|Z\b/g, ' ')))
				if (!own.has(word)) foreign.set(word, line);
		expect([...foreign].map(([word, line]) => `${word}: ${line.slice(0, 160)}`)).toEqual([]);
		// The same looked at in English finds a good deal: the comparison sees what it should.
		const english = new Set([...said.get('en')!].flatMap(lettersOf));
		if (language !== 'en')
			expect([...english].filter((word) => !own.has(word)).length).toBeGreaterThan(20);
	});

	it.each(SPOKEN)('in %s has no slip and one blank between words', (language) => {
		const ugly = [...said.get(language)!]
			.map((line) => line.replace(/(, |、)[!?] /g, '$1'))
			.filter(
				(line) =>
					SLIP.test(line) ||
					/\{\w+\}/.test(line) ||
					/\S {2,}\S/.test(line.trim()) ||
					/ [,;!?]|\(\s|\s\)|,,|\.\.(?!\.)|: *:|\(\)/.test(
						language === 'fr' ? line.replace(/ [;!?]/g, '') : line,
					),
			);
		expect(ugly.slice(0, 20)).toEqual([]);
	});

	it.each(SPOKEN)('in %s has the plural that goes with the number', (language) => {
		const rules = new Intl.PluralRules(language);
		const wrong: string[] = [];
		let seen = 0;
		const patterns = countedIn(language);
		for (const line of [...said.get(language)!].map((one) => one.replace(/Microsoft 365/g, '')))
			for (const { form, pattern, key } of patterns) {
				const found = pattern.exec(line);
				if (!found?.[1]) continue;
				seen++;
				const right = rules.select(numberIn(found[1]));
				if (right !== form && !(right === 'many' && form === 'other'))
					wrong.push(`${key} (${form}): ${line.slice(0, 160)}`);
			}
		expect(wrong.slice(0, 20)).toEqual([]);
		if (language !== 'ja') expect(seen).toBeGreaterThan(20);
	});
});
