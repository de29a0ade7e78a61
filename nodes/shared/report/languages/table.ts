import type { en, Term } from './en';

type English = typeof en;

export type WordKey = keyof English;

/** A sentence with a number: the form for each category of `Intl.PluralRules` that the language has. */
export type Plural = { one?: string; many?: string; other: string };

/** Keys whose sentences have no forms, or have some. */
type Translated = { [K in WordKey]: English[K] extends string ? string : Plural };

/** A language: all words of `en.ts`, and how it writes dates. */
export interface LanguageTable {
	/** BCP 47, for numbers, dates and the page. */
	locale: string;
	/** Luxon's pattern of "Sat 21 Nov 07:00". */
	dateTime: string;
	/** Luxon's pattern of "21 Nov 2026". */
	date: string;
	/** Gigabytes, terabytes, petabytes. */
	sizes: [string, string, string];
	words: Translated;
	terms: Record<Term, string>;
}

type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
	? Name | Placeholders<Rest>
	: never;

type Sentence<K extends WordKey> = English[K] extends string
	? English[K]
	: English[K] extends { other: infer Other extends string }
		? Other
		: never;

/** A sentence and its values, for what is said later. */
export type Saying = { [K in WordKey]: [key: K, ...values: Values<K>] }[WordKey];

/** What a sentence needs, by the placeholders of its English form; nothing where it has none. */
export type Values<K extends WordKey> = [Placeholders<Sentence<K>>] extends [never]
	? []
	: [values: Record<Placeholders<Sentence<K>>, string | number>];
