import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { IANAZone } from 'luxon';

import type { OwnOperationForm, ResourceNames } from '../form/overlay';
import { ParameterError } from '../runtime/parameterError';
import { listOf } from '../monitoring/options';
import type { ReportOptions, ReportSection } from './model';
import { isLanguage, LANGUAGES, speechOf, type Language } from './speech';

/** All that the user asked of a report. */
export interface ReportRequest extends ReportOptions {
	/** Binary field of the item that gets the CSV. */
	outputField: string;
	/** A report for each tenant instead of one over all (Service Provider Console). */
	onePerTenant: boolean;
}

/** The collection of options, of a report and of combined ones. */
export const REPORT_OPTIONS = 'reportOptions';

/** Hours that a report looks back. */
const REPORT_PERIOD = 'reportPeriod';

/** Numbers: field, label, default, least and most. */
const NUMBERS = {
	expiresInDays: ['License Expires Within (Days)', 30, 0, 3_650],
	lowPercent: ['Low Below (Percent)', 10, 0, 100],
	historyDays: ['History (Days)', 7, 7, 30],
	hours: ['Period (Hours)', 24, 1, 744],
	rpoHours: ['RPO (Hours)', 48, 1, 8_784],
	maxRows: ['Rows per Section', 20, 1, 500],
} as const;

/** The resource of the operation, for a product's `names.resources`. */
export const reportResource: ResourceNames = { name: 'Report', paths: [] };

/** What a product can report on, and what of it a report has where nobody chooses. */
export interface ReportSections {
	all: readonly ReportSection[];
	usual: readonly ReportSection[];
}

/** Every product has these, and shows them where nobody chooses. */
export const COMMON_SECTIONS: readonly ReportSection[] = [
	'jobs',
	'missedRuns',
	'unprotected',
	'repositories',
	'licenses',
	'findings',
];

/** Report > Get Protection Report as the editor shows it. */
export const reportForm = (sections: ReportSections): OwnOperationForm => ({
	resource: 'report',
	operation: 'getProtectionReport',
	name: 'Get Protection Report',
	action: 'Get a protection report',
	description:
		'What failed, what is missing and what fills up, as HTML, text, blocks, card and CSV',
	properties: () => [
		{
			...property(NUMBERS.hours[0], REPORT_PERIOD, 'number', NUMBERS.hours[1]),
			typeOptions: { minValue: NUMBERS.hours[2], maxValue: NUMBERS.hours[3] },
			description: 'How far back the report looks: 24 for a daily one, 168 for a weekly one',
		},
		{
			displayName:
				'One item comes out: <b>subject</b> and <b>html</b> (or <b>text</b>) for Send Email, <b>slackBlocks</b> for Slack, <b>teamsCard</b> for Teams, and a CSV file to attach. Drag them into the next node.',
			name: 'reportNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Options',
			name: REPORT_OPTIONS,
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: entries(sections),
		},
	],
});

function entries({ all: sections, usual }: ReportSections): INodeProperties[] {
	const text = (label: string, name: string, more = {}) =>
		Object.assign(property(label, name, 'string', ''), more);
	const number = (name: keyof typeof NUMBERS, more = {}) =>
		Object.assign(property(NUMBERS[name][0], name, 'number', NUMBERS[name][1]), more);
	const withTenants = sections.includes('tenants');
	const all: INodeProperties[] = [
		text('Brand Color', 'brandColour', {
			type: 'color',
			description: 'If empty, the color of the result: red, amber or green',
		}),
		text('Exclude Jobs', 'excludeJobs'),
		text('Include Jobs', 'includeJobs', {
			description: 'Names separated by commas; * stands for anything',
		}),
		number('expiresInDays'),
		number('lowPercent', {
			description: 'Repositories with less free space than this are listed as low on space',
		}),
		number('historyDays', {
			description: 'One mark per job and day, in the color of the worst result',
		}),
		text('Put CSV in Field', 'outputField', { default: 'data' }),
		number('rpoHours', {
			description: 'Objects whose latest restore point is older than this are listed',
		}),
		{
			displayName: 'Mark What Is New',
			name: 'markNews',
			type: 'boolean',
			default: true,
			description: 'Whether to mark and count what the last production run did not report',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			options: Object.entries(LANGUAGES).map(([value, name]) => ({ name, value })),
			default: 'en',
			description:
				'Language of the mail, the messages and the CSV; names and reasons are kept as the server returns them',
		},
		number('maxRows'),
		{
			displayName: 'Sections',
			name: 'sections',
			type: 'multiOptions',
			options: sections
				.map((value) => ({ name: OPTION_NAMES[value], value }))
				.sort((a, b) => a.name.localeCompare(b.name)),
			default: [...usual],
			description: 'Each section takes at least one request',
		},
		text('Time Zone', 'timeZone', { placeholder: 'e.g. Europe/Berlin' }),
		text('Title', 'title', { placeholder: `e.g. ${speechOf('en').say('reportTitle')}` }),
	];
	if (withTenants)
		all.push(text('Exclude Tenants', 'excludeTenants'), text('Include Tenants', 'includeTenants'), {
			displayName: 'One Item per Tenant',
			name: 'onePerTenant',
			type: 'boolean',
			default: false,
			description: 'Whether to return a report for each tenant instead of one for all of them',
		});
	return all.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/** Options of how a report looks: all that there is where reports are combined. */
export const lookOptions = (): INodeProperties[] =>
	entries({ all: [], usual: [] }).filter(({ name }) =>
		['brandColour', 'language', 'outputField', 'maxRows', 'timeZone', 'title'].includes(name),
	);

const property = (
	displayName: string,
	name: string,
	type: INodeProperties['type'],
	initial: string | number,
): INodeProperties => ({ displayName, name, type, default: initial });

const OPTION_NAMES: Record<ReportSection, string> = {
	about: 'Version and Build',
	activities: 'Restores and Deletions',
	allJobs: 'All Jobs',
	configBackup: 'Configuration Backup',
	findings: 'Findings',
	growth: 'Size and Growth',
	history: 'History',
	infrastructure: 'Proxies and Servers',
	jobs: 'Jobs',
	licenses: 'Licenses',
	missedRuns: 'Missed Runs',
	notBackedUp: 'Machines in No Backup',
	repositories: 'Repositories',
	scaleOut: 'Scale-Out Repositories',
	tenants: 'Tenants',
	unprotected: 'Unprotected Objects',
	verifications: 'SureBackup and Replicas',
};

/**
 * Reads what the user asked for; the workflow's time zone where none is given.
 *
 * @throws ParameterError naming the option that is wrong
 */
export function readReportRequest(
	context: Pick<IExecuteFunctions, 'getNodeParameter' | 'getTimezone'>,
	itemIndex: number,
	{ usual }: ReportSections = { all: [], usual: [] },
	usualLanguage: Language = 'en',
): ReportRequest {
	const given = context.getNodeParameter(REPORT_OPTIONS, itemIndex, {}) as IDataObject;
	const language = readLanguage(given.language, usualLanguage);
	return {
		hours: readNumber({ hours: context.getNodeParameter(REPORT_PERIOD, itemIndex, '') }, 'hours'),
		lowPercent: readNumber(given, 'lowPercent'),
		rpoHours: readNumber(given, 'rpoHours'),
		expiresInDays: readNumber(given, 'expiresInDays'),
		maxRows: Math.floor(readNumber(given, 'maxRows')),
		historyDays: Math.floor(readNumber(given, 'historyDays')),
		timeZone: readTimeZone(given.timeZone, context.getTimezone()),
		language,
		title: textOf(given.title) || speechOf(language).say('reportTitle'),
		brandColour: readColour(given.brandColour),
		includeJobs: listOf(given.includeJobs),
		excludeJobs: listOf(given.excludeJobs),
		includeTenants: listOf(given.includeTenants),
		excludeTenants: listOf(given.excludeTenants),
		markNews: given.markNews !== false,
		sections: readSections(given.sections, usual),
		outputField: textOf(given.outputField) || 'data',
		onePerTenant: given.onePerTenant === true,
	};
}

const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

function readNumber(given: IDataObject, name: keyof typeof NUMBERS): number {
	const [label, usual, least, most] = NUMBERS[name];
	const value = given[name];
	if (value === undefined || value === null || value === '') return usual;
	const number = Number(value);
	if (Number.isFinite(number) && number >= least && number <= most) return number;
	throw new ParameterError(
		`"${label}" is ${JSON.stringify(value)}: it must be a number from ${least} to ${most}`,
		`Leave the option out for ${usual}.`,
	);
}

function readTimeZone(value: unknown, workflows: string): string {
	const zone = textOf(value);
	if (zone === '') return IANAZone.isValidZone(workflows) ? workflows : 'UTC';
	if (IANAZone.isValidZone(zone)) return zone;
	throw new ParameterError(
		`"Time Zone" is ${JSON.stringify(zone)}: there is no such time zone`,
		'Give a name such as Europe/Berlin or America/New_York, or leave the option out for the time zone of the workflow.',
	);
}

/** "de", and "de-AT" as well: no region has words of its own. */
function readLanguage(value: unknown, usual: Language): Language {
	const language = textOf(value).toLowerCase().split(/[-_]/)[0] || usual;
	if (isLanguage(language)) return language;
	throw new ParameterError(
		`"Language" is ${JSON.stringify(value)}: a report cannot be made in it`,
		`Choose from ${Object.keys(LANGUAGES).join(', ')}, or leave the option out for English.`,
	);
}

function readColour(value: unknown): string {
	const colour = textOf(value).toLowerCase();
	if (colour === '') return '';
	if (/^#[0-9a-f]{6}$/.test(colour)) return colour;
	if (/^#[0-9a-f]{3}$/.test(colour)) return colour.replace(/[0-9a-f]/g, '$&$&');
	throw new ParameterError(
		`"Brand Color" is ${JSON.stringify(value)}: it must be a color such as #00b336`,
		'Choose a color, or give its six digits after a #.',
	);
}

function readSections(value: unknown, usual: readonly ReportSection[]): ReportSection[] {
	const known = Object.keys(OPTION_NAMES) as ReportSection[];
	const wanted = listOf(value);
	const unknown = wanted.find((name) => !known.some((section) => section === name));
	if (unknown !== undefined)
		throw new ParameterError(
			`"Sections" holds ${JSON.stringify(unknown)}: there is no such section`,
			`Choose from ${known.join(', ')}.`,
		);
	return wanted.length > 0 ? known.filter((section) => wanted.includes(section)) : [...usual];
}
