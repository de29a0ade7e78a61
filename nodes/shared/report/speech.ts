import { DateTime } from 'luxon';

import { de } from './languages/de';
import { en, TERMS, type Term } from './languages/en';
import { es } from './languages/es';
import { fr } from './languages/fr';
import { ja } from './languages/ja';
import type { LanguageTable, Plural, Saying, Values, WordKey } from './languages/table';

/** How a report speaks: its words, numbers, dates and sizes in one of its languages. */

/** The languages of a report, as the form names them. */
export const LANGUAGES = {
	en: 'English',
	fr: 'French',
	de: 'German',
	ja: 'Japanese',
	es: 'Spanish',
} as const;

export type Language = keyof typeof LANGUAGES;

export const isLanguage = (value: unknown): value is Language =>
	typeof value === 'string' && Object.hasOwn(LANGUAGES, value);

const TABLES: Record<Language, LanguageTable> = {
	en: {
		locale: 'en',
		dateTime: 'ccc d LLL HH:mm',
		date: 'd LLL yyyy',
		sizes: ['GB', 'TB', 'PB'],
		words: en,
		terms: Object.fromEntries(TERMS.map((term) => [term, term])) as Record<Term, string>,
	},
	de,
	fr,
	es,
	ja,
};

/** Making one takes thirty times as long as using it. */
const withDigits = (locale: string, digits: number): Intl.NumberFormat =>
	new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });

export class Speech {
	readonly locale: string;
	private readonly numbers: Intl.NumberFormat;
	private readonly whole: Intl.NumberFormat;
	private readonly tenths: Intl.NumberFormat;
	private readonly plurals: Intl.PluralRules;

	constructor(
		readonly language: Language,
		private readonly table: LanguageTable,
	) {
		this.locale = table.locale;
		this.numbers = new Intl.NumberFormat(table.locale);
		this.whole = withDigits(table.locale, 0);
		this.tenths = withDigits(table.locale, 1);
		this.plurals = new Intl.PluralRules(table.locale);
	}

	/** A sentence of the table with its values; the number `n` chooses among its forms. */
	say<K extends WordKey>(key: K, ...[values]: Values<K>): string {
		return this.fill(key, values);
	}

	/** The same of a sentence that was only named so far. */
	saying([key, values]: Saying): string {
		return this.fill(key, values);
	}

	private fill(key: WordKey, values: Record<string, string | number> = {}): string {
		const found: string | Plural = this.table.words[key];
		const sentence =
			typeof found === 'string'
				? found
				: (found[this.plurals.select(Number(values.n)) as keyof Plural] ?? found.other);
		return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
			const value = values[name] ?? '';
			return typeof value === 'number' ? this.number(value) : value;
		});
	}

	/** A word of a product or a server; as it is where the table does not have it. */
	term(word: string): string {
		return Object.hasOwn(this.table.terms, word) ? this.table.terms[word as Term] : word;
	}

	number(value: number): string {
		return this.numbers.format(value);
	}

	/** "a, b, c" */
	list(parts: string[]): string {
		return parts.join(this.say('comma'));
	}

	/** Clauses as a sentence: the first letter large. */
	sentence(text: string): string {
		return `${text.charAt(0).toLocaleUpperCase(this.locale)}${text.slice(1)}`;
	}

	/** "Sat 21 Nov 07:00" in a time zone. */
	time(iso: string | null | undefined, zone: string): string {
		if (!iso) return this.say('never');
		const at = DateTime.fromISO(iso, { zone, locale: this.locale });
		return at.isValid ? at.toFormat(this.table.dateTime) : this.say('unknown');
	}

	/** "21 Nov 2026" */
	date(iso: string, zone: string): string {
		return DateTime.fromISO(iso, { zone, locale: this.locale }).toFormat(this.table.date);
	}

	/** "15 Nov 2026 – 21 Nov 2026": the first and the last of some days, which are ISO dates. */
	span(days: string[]): string {
		return [days[0], days.at(-1)].map((day) => this.date(day ?? '', 'utc')).join(' – ');
	}

	/** "11.2 GB", "8.1 TB": three digits or so. */
	size(gigabytes: number): string {
		const { sizes } = this.table;
		let [value, unit] = [Math.max(0, gigabytes), 0];
		while (value >= 1000 && unit < sizes.length - 1) [value, unit] = [value / 1024, unit + 1];
		const number = (value >= 100 ? this.whole : this.tenths).format(value);
		return `${number} ${sizes[unit]}`;
	}

	/**
	 * The first lines, and how many are left out.
	 *
	 * @param before left out already
	 */
	withMore(lines: string[], most: number, before = 0): string[] {
		const rest = before + Math.max(0, lines.length - most);
		return [...lines.slice(0, most), ...(rest > 0 ? [this.say('more', { n: rest })] : [])];
	}
}

const SPEECHES = new Map<Language, Speech>();

/** @param language of a report; English where an item of an older report has none */
export function speechOf(language: unknown): Speech {
	const known = isLanguage(language) ? language : 'en';
	const found = SPEECHES.get(known) ?? new Speech(known, TABLES[known]);
	SPEECHES.set(known, found);
	return found;
}
