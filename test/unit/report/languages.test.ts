import { combineReports, languageOf } from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import { de } from '../../../nodes/shared/report/languages/de';
import { en, TERMS } from '../../../nodes/shared/report/languages/en';
import { es } from '../../../nodes/shared/report/languages/es';
import { fr } from '../../../nodes/shared/report/languages/fr';
import { ja } from '../../../nodes/shared/report/languages/ja';
import type { LanguageTable, Plural, WordKey } from '../../../nodes/shared/report/languages/table';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { LANGUAGES, speechOf, type Language } from '../../../nodes/shared/report/speech';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { assessed } from '../../../nodes/shared/report/verdict';
import { subject } from '../../../nodes/shared/report/words';
import { badDay, goodDay, SCOPE } from './models';

const TABLES: Array<[Exclude<Language, 'en'>, LanguageTable]> = [
	['de', de],
	['fr', fr],
	['es', es],
	['ja', ja],
];

const formsOf = (sentence: string | Plural): string[] =>
	typeof sentence === 'string' ? [sentence] : Object.values(sentence);

const placeholders = (text: string): string[] =>
	[...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();

/** Of all forms of a sentence: one that is about a single thing may leave its number out. */
const placeholdersOf = (sentence: string | Plural): string[] =>
	placeholders(formsOf(sentence).join(' '));

describe.each(TABLES)('the words in %s', (language, table) => {
	const keys = Object.keys(en) as WordKey[];

	it('are there for every key, and for no other', () => {
		expect(Object.keys(table.words).sort()).toEqual([...keys].sort());
		expect(Object.keys(table.terms).sort()).toEqual([...TERMS].sort());
		for (const text of [
			...Object.values(table.words).flatMap((one) => formsOf(one)),
			...Object.values(table.terms),
		])
			expect(text.trim().length).toBeGreaterThan(0);
	});

	it.each(keys)('%s has the placeholders of the English sentence', (key) => {
		expect(placeholdersOf(table.words[key])).toEqual(placeholdersOf(en[key]));
	});

	it('have the plural forms that the language needs', () => {
		// "many" of French and Spanish is for whole millions: nobody has so many jobs.
		const needed = new Intl.PluralRules(language)
			.resolvedOptions()
			.pluralCategories.filter((form) => form !== 'many')
			.sort();
		for (const sentence of Object.values(table.words))
			if (typeof sentence !== 'string') expect(Object.keys(sentence).sort()).toEqual(needed);
	});

	it('fit on a badge', () => {
		for (const [key, sentence] of Object.entries(table.words))
			if (/^(badge|state:)/.test(key)) expect([...String(sentence)].length).toBeLessThanOrEqual(20);
	});
});

/** Names and reasons that the data gives, without a letter that a word could have. */
const NAME = '1234';

/** A report with something in each section, of which all names are digits. */
function everySection(language: Language): ReportModel {
	const bad = badDay(language);
	const at = '2026-11-20T20:00:00.000Z';
	return assessed({
		...bad,
		title: speechOf(language).say('reportTitle'),
		product: NAME,
		server: NAME,
		timeZone: 'UTC',
		scope: { ...SCOPE, unmatched: [NAME] },
		failures: [
			...bad.failures.map((job) => ({
				...job,
				name: NAME,
				...(job.reason ? { reason: NAME } : {}),
				objects: job.objects.map((object) => ({ ...object, name: NAME, reason: NAME })),
			})),
			{
				...{ id: 'x', name: NAME, type: 'Backup Copy', result: 'Failed', time: at },
				...{ failures: 1, isEarlier: true },
				objects: [{ name: NAME, result: 'Failed', reason: '' }],
			},
		],
		missedRuns: [
			{ id: '1', name: NAME, expected: at, lastRun: at, isNew: true },
			{ id: '2', name: NAME, expected: at, lastRun: null },
		],
		longRuns: [
			{ id: '1', name: NAME, since: at, expected: at },
			{ id: '2', name: NAME, since: null, expected: null },
		],
		unprotected: [
			{ name: NAME, type: 'Virtual Machine', lastRestorePoint: at },
			{ name: NAME, type: 'Computer', lastRestorePoint: null },
			{ name: NAME, type: 'User' },
		],
		repositories: [
			...bad.repositories.map((repository) => ({ ...repository, name: NAME })),
			{ id: '8', name: NAME, status: 'bad', trouble: 'Invalid' },
			{ id: '9', name: NAME, status: 'good' },
		],
		licenses: [
			...bad.licenses.map((license) => ({ ...license, name: NAME })),
			{ name: NAME, status: 'bad', state: 'Expired', expires: at, daysLeft: -1 },
			{ name: NAME, status: 'good', state: 'Valid', expires: at, used: 3, unit: 'users' },
		],
		findings: [
			{ source: 'Malware detection', text: NAME, status: 'bad', time: at },
			{ source: 'Alarm', text: NAME, status: 'warning' },
			{ source: 'Backup proxy', text: NAME, status: 'good' },
		],
		tenants: [
			{ id: '1', name: NAME, status: 'bad', jobs: 3, failed: 2, warned: 1, alarms: 1 },
			{ id: '2', name: NAME, status: 'good', jobs: 1, failed: 0, warned: 0, alarms: 0 },
		],
		history: {
			days: ['2026-11-19', '2026-11-20', '2026-11-21'],
			jobs: [{ id: '1', name: NAME, marks: ['good', 'bad', 'none'] }],
		},
		allJobs: (['Success', 'Warning', 'Failed', 'Running', 'Not run', 'Disabled'] as const).map(
			(state) => ({
				...{ id: state, name: NAME, type: 'Backup Job', state },
				...{ start: at, end: '2026-11-20T21:15:00.000Z', nextRun: at },
			}),
		),
		news: { since: at, count: 1, solved: 2 },
		unavailable: [
			{ section: 'jobs', reason: NAME, isCut: true },
			{ section: 'findings', reason: NAME },
			{ section: 'unprotected', reason: NAME },
		],
		notes: [],
	});
}

/** Words of all forms of a report, markup and blocks left out. */
function wordsOf(model: ReportModel): Set<string> {
	const strings = (value: unknown): string[] =>
		typeof value === 'string'
			? [value]
			: Array.isArray(value)
				? value.flatMap(strings)
				: typeof value === 'object' && value !== null
					? Object.entries(value).flatMap(([key, one]) =>
							key === 'text' || typeof one === 'object' ? strings(one) : [],
						)
					: [];
	const texts = [
		subject(model),
		renderText(model, 20),
		renderHtml(model, 20, '')
			.replace(/<style>.*?<\/style>/s, ' ')
			.replace(/<[^>]+>/g, ' ')
			.replace(/&\w+;/g, ' '),
		renderCsv(model),
		...strings(renderSlackBlocks(model, 20)).map((text) => text.replace(/:\w+:/g, ' ')),
		...strings(renderTeamsCard(model, 20)),
	];
	return new Set(texts.flatMap((text) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? []));
}

const allWords = (table: Pick<LanguageTable, 'words' | 'terms'>): Set<string> =>
	new Set(
		[...Object.values(table.words).flatMap(formsOf), ...Object.values(table.terms)].flatMap(
			(text) =>
				text
					.replace(/\{\w+\}/g, ' ')
					.toLowerCase()
					.match(/\p{L}{2,}/gu) ?? [],
		),
	);

const ENGLISH = allWords({
	words: en,
	terms: Object.fromEntries(TERMS.map((term) => [term, term])) as LanguageTable['terms'],
});

describe.each(TABLES)('a report in %s', (language, table) => {
	const own = allWords(table);
	// Thursday is "Do" in German.
	const dates = speechOf(language);
	const weekdays = Array.from({ length: 7 }, (_, day) => dates.time(`2026-11-2${day}`, 'UTC'));
	const dated = new Set(
		weekdays
			.join(' ')
			.toLowerCase()
			.match(/\p{L}+/gu),
	);
	const foreign = [...ENGLISH].filter((word) => !own.has(word) && !dated.has(word));

	it('says nothing in English', () => {
		const said = wordsOf(everySection(language));
		expect(foreign.filter((word) => said.has(word))).toEqual([]);
		// The same looked at in English finds a good deal: the comparison sees what it should.
		const english = wordsOf(everySection('en'));
		expect(foreign.filter((word) => english.has(word)).length).toBeGreaterThan(100);
	});

	it('says on a good day, of nothing and of several servers nothing in English', () => {
		const good = goodDay(language);
		const named = {
			...{ title: NAME, product: NAME, server: NAME, timeZone: 'UTC', notes: [] },
			...{ repositories: [], licenses: [] },
		};
		const models = [
			assessed({ ...good, ...named, scope: SCOPE }),
			assessed({
				...{ ...good, ...named, scope: { ...SCOPE, jobs: { ...SCOPE.jobs!, total: 0 } } },
				counts: { ...good.counts, jobs: 0, succeeded: 0, disabled: 0 },
			}),
			combineReports(
				[
					{ ...everySection(language), server: '1' },
					{ ...everySection(language), server: '2' },
					{ error: '' },
				],
				{ language, title: NAME, timeZone: 'UTC' },
			),
		];
		for (const model of models) {
			const said = wordsOf(model);
			expect(foreign.filter((word) => said.has(word))).toEqual([]);
		}
	});

	it('names its language to the mail client', () => {
		expect(renderHtml(everySection(language), 20, '')).toContain(`<html lang="${language}">`);
	});
});

it.each([
	['en', '2 jobs failed', 'Fri 20 Nov 20:00', '20 Nov 2026', '12,345', '8.1 TB'],
	['de', '2 Jobs fehlgeschlagen', 'Fr 20. Nov 20:00', '20. Nov 2026', '12.345', '8,1 TB'],
	['fr', '2 tâches en échec', 'ven. 20 nov. 20:00', '20 nov. 2026', '12\u202f345', '8,1 To'],
	['es', '2 trabajos con errores', 'vie 20 nov 20:00', '20 nov 2026', '12.345', '8,1 TB'],
	['ja', '2 件のジョブが失敗', '11月20日(金) 20:00', '2026年11月20日', '12,345', '8.1 TB'],
] as const)('%s writes sentences, times and numbers its own way', (language, ...said) => {
	const speech = speechOf(language);
	const at = '2026-11-20T20:00:00.000Z';
	expect([
		speech.say('jobsFailed', { n: 2 }),
		speech.time(at, 'UTC'),
		speech.date(at, 'UTC'),
		speech.number(12_345),
		speech.size(8_300),
	]).toEqual(said);
});

it('one is not many: each language has its own rule', () => {
	expect(speechOf('en').say('jobsFailed', { n: 0 })).toBe('0 jobs failed');
	expect(speechOf('fr').say('jobsFailed', { n: 0 })).toBe('0 tâche en échec');
	expect(speechOf('de').say('jobsFailed', { n: 1 })).toBe('1 Job fehlgeschlagen');
});

it('a term of the server that no table has stays as it is', () => {
	for (const language of Object.keys(LANGUAGES))
		expect(speechOf(language).term('constructor')).toBe('constructor');
});

it.each(Object.keys(LANGUAGES) as Language[])('the text of a bad day in %s', (language) => {
	expect(renderText(everySection(language), 3)).toMatchSnapshot();
});

describe('combined reports', () => {
	const reports = [
		{ ...badDay('de'), server: '1' },
		{ ...badDay('en'), server: '2' },
	];

	it('speak as the first of them where nothing is chosen', () => {
		expect(languageOf([{ error: 'refused' }, ...reports])).toBe('de');
		expect(languageOf([{ error: 'refused' }])).toBe('en');
	});

	it('say that sentences of another language stay as they are', () => {
		const { notes } = combineReports(reports, { language: 'de', title: 'T', timeZone: 'UTC' });
		expect(notes).toContain(speechOf('de').say('otherLanguages', { n: 1 }));
		expect(
			combineReports(reports.slice(0, 1), { language: 'de', title: 'T', timeZone: 'UTC' }).notes,
		).not.toContain(speechOf('de').say('otherLanguages', { n: 1 }));
	});
});
