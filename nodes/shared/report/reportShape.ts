import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { EXTRA_LISTS } from './extraModel';
import type { ReportHistory } from './model';
import { isObject } from '../common/objects';

/**
 * Whether an item is a report of Get Protection Report, whole enough to be shown: one that was changed on
 * its way, or is of a version that wrote it differently, would be shown with holes in it, or as well.
 */

export const isText = (value: unknown): value is string => typeof value === 'string';

const isTime = (value: unknown): boolean => isText(value) && DateTime.fromISO(value).isValid;

/** Fields of a row that every form shows, by its list; lists that a report may lack have a `?`. */
const ROWS: Record<string, string> = {
	failures: 'name type result failures objects',
	missedRuns: 'name',
	longRuns: 'name',
	unprotected: 'name type',
	repositories: 'name status',
	licenses: 'name status state',
	findings: 'source text status',
	tenants: 'name status jobs failed warned alarms',
	unavailable: 'section reason',
	'servers?': 'name product status text',
	'allJobs?': 'name state',
	'about?': '',
	'notBackedUp?': 'name host',
	'verifications?': 'name kind state status',
	'configBackup?': 'state status',
	'infrastructure?': 'name kind state status',
	'activities?': 'name kind time',
	'growth?': '',
	'scaleOut?': 'name status extents',
};

const INNER: Record<string, string> = {
	objects: 'name result reason',
	extents: 'name modes',
};

const TIMES = [
	...['time', 'lastSuccess', 'expected', 'lastRun', 'since', 'lastRestorePoint', 'expires'],
	...['supportEnds', 'start', 'end', 'nextRun'],
];

const NUMBERS =
	'failures jobs failed warned alarms capacityGB freeGB usedPercent daysLeft used total readGB transferredGB usedGB grownGB';

const STATUSES = ['good', 'warning', 'bad'];

const SECTIONS = [
	...['jobs', 'missedRuns', 'unprotected', 'repositories', 'licenses', 'findings', 'tenants'],
	...['history', ...EXTRA_LISTS, 'allJobs'],
];

const MARKS = ['good', 'warning', 'bad', 'none', 'unknown'];

/** One that somebody has changed on its way costs the history, not the report. */
export const isHistory = (history: unknown): history is ReportHistory =>
	isObject(history) &&
	Array.isArray(history.days) &&
	history.days.every(isTime) &&
	areRows(history.jobs, 'history', 'name marks');

/** Values of some fields, wherever they stand. `null` and nothing are for the rows to say. */
const VALUES: Record<string, (value: unknown) => boolean> = {
	...Object.fromEntries(TIMES.map((name) => [name, isTime])),
	...Object.fromEntries(
		NUMBERS.split(' ').map((name) => [name, (value: unknown) => Number.isFinite(value)]),
	),
	status: (value) => STATUSES.includes(value as string),
	marks: (value) => Array.isArray(value) && value.every((mark) => MARKS.includes(mark as string)),
	modes: (value) => Array.isArray(value) && value.every(isText),
	patches: (value) => Array.isArray(value) && value.every(isText),
	objects: (value) => areRows(value, 'objects', INNER.objects),
	extents: (value) => areRows(value, 'extents', INNER.extents),
	online: (value) => typeof value === 'boolean',
	isNew: (value) => typeof value === 'boolean',
	isCut: (value) => typeof value === 'boolean',
	isEarlier: (value) => typeof value === 'boolean',
	isDeletion: (value) => typeof value === 'boolean',
};

/** Words that the forms know, where a field takes no others. */
const WORDS: Record<string, Record<string, string[]>> = {
	failures: { result: ['Failed', 'Warning'] },
	objects: { result: ['Failed', 'Warning'] },
	repositories: { daysLeftFrom: ['history', 'samples'] },
	unavailable: { section: SECTIONS },
	allJobs: { state: ['Success', 'Warning', 'Failed', 'Running', 'Not run', 'Disabled'] },
	verifications: { kind: ['sureBackup', 'replication', 'replica', 'failoverPlan'] },
	configBackup: { state: ['enabled', 'disabled', 'overdue', 'never'] },
	infrastructure: {
		kind: ['proxy', 'server', 'backupServer'],
		state: ['offline', 'unavailable', 'outOfDate', 'disabled', 'error', 'warning'],
	},
	activities: { state: ['Success', 'Warning', 'Failed', 'Running', 'Canceled'] },
	extents: { tier: ['performance', 'capacity', 'archive'] },
};

const isRow = (row: unknown, list: string, needed: string[]): boolean =>
	isObject(row) &&
	needed.every((field) => row[field] !== undefined && row[field] !== null) &&
	Object.entries(row).every(([field, value]) => {
		if (value === undefined) return true;
		// Of times alone, nothing is an answer: there was none.
		if (value === null) return TIMES.includes(field);
		const words = WORDS[list]?.[field];
		if (words) return words.includes(value as string);
		return Object.hasOwn(VALUES, field) ? VALUES[field]!(value) : isText(value);
	});

const areRows = (rows: unknown, list: string, needed = ''): boolean =>
	Array.isArray(rows) && rows.every((row) => isRow(row, list, needed.split(' ').filter(Boolean)));

/** Sums of numbers that are known; null where they are not. */
const areCounts = (counts: unknown): boolean =>
	isObject(counts) &&
	Object.values(counts).every(
		(count) => count === undefined || count === null || Number.isFinite(count),
	);

/** Whether an item is a report that can be combined. */
export const isReport = (json: IDataObject): boolean => {
	const { period, verdict, counts, notes } = json;
	return (
		['title', 'product', 'server'].every((field) => isText(json[field])) &&
		isTime(json.generatedAt) &&
		isObject(period) &&
		isTime(period.from) &&
		isTime(period.to) &&
		isObject(verdict) &&
		isText(verdict.text) &&
		STATUSES.includes(verdict.status as string) &&
		areCounts(counts) &&
		Array.isArray(notes) &&
		notes.every(isText) &&
		(json.tenant === undefined || json.tenant === null || isText(json.tenant)) &&
		Object.entries(ROWS).every(([name, needed]) => {
			const list = name.replace('?', '');
			const rows = json[list];
			return (
				(name.endsWith('?') && (rows === undefined || rows === null)) || areRows(rows, list, needed)
			);
		})
	);
};
