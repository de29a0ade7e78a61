import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { DAY } from '../common/time';
import type {
	ReportComponent,
	ReportConfigBackup,
	ReportMachine,
	ReportScaleOut,
	ReportVerification,
} from './extraModel';
import type {
	ReportFinding,
	ReportJob,
	ReportLicense,
	ReportLongRun,
	ReportMissedRun,
	ReportModel,
	ReportObject,
	ReportOptions,
	ReportRepository,
	ReportSection,
	ReportList,
} from './model';
import { speechOf } from './speech';

/**
 * What is new since the last report: the problems of each report are kept in the node's static data, and
 * the next one marks those that were not among them. n8n saves static data of production executions
 * only: a manual run compares with the last production run, and is never compared with itself.
 */

/** What marking needs of n8n. */
type Context = Pick<IExecuteFunctions, 'getWorkflowStaticData' | 'getExecutionId'>;

/** Marks of problems, by section; a section that was not read is missing. */
type Problems = Partial<Record<ReportSection, string>>;

/** What is kept of one report. */
interface Kept extends IDataObject {
	/** Of n8n: the same report may be made twice in one execution, and neither is the other's last. */
	execution: string;
	/** ISO 8601 */
	at: string;
	now: Problems;
	/** The report before that, of an earlier execution. */
	before?: Problems;
	beforeAt?: string;
}

/** Problems of a section that are kept: of more, nothing is marked. */
const MOST = 5_000;

/** A report that was not made for so long has no last one. */
const FORGET = 60 * DAY;

/** Lists of the sections that are chosen; undefined in a report that was not asked for them. */
type ExtraList = 'notBackedUp' | 'verifications' | 'configBackup' | 'infrastructure' | 'scaleOut';

/** Lists whose rows can be new, with what tells a problem from the others; undefined: it is none. */
const LISTS: Array<
	[
		section: ReportSection,
		list: ReportList | ExtraList,
		problem: (row: never) => string | undefined,
	]
> = [
	['jobs', 'failures', ({ id, result }: ReportJob) => `${id} ${result}`],
	['missedRuns', 'missedRuns', ({ id }: ReportMissedRun) => `missed ${id}`],
	['missedRuns', 'longRuns', ({ id }: ReportLongRun) => `long ${id}`],
	[
		'unprotected',
		'unprotected',
		({ name, type, tenant }: ReportObject) => [tenant, type, name].join('/'),
	],
	['repositories', 'repositories', repositoryProblem],
	['licenses', 'licenses', licenseProblem],
	['findings', 'findings', findingProblem],
	['notBackedUp', 'notBackedUp', ({ host, name }: ReportMachine) => `${host}/${name}`],
	['verifications', 'verifications', stateProblem],
	['infrastructure', 'infrastructure', stateProblem],
	[
		'configBackup',
		'configBackup',
		({ state, status }: ReportConfigBackup) => (status === 'good' ? undefined : state),
	],
	[
		'scaleOut',
		'scaleOut',
		({ tenant, id, status }: ReportScaleOut) =>
			status === 'good' ? undefined : [tenant, id, status].join('/'),
	],
];

function repositoryProblem(one: ReportRepository): string | undefined {
	const { id, tenant, status, online, trouble } = one;
	if (status === 'good') return undefined;
	return [tenant, id, online === false ? 'offline' : (trouble ?? `low ${status}`)].join('/');
}

function stateProblem({
	tenant,
	kind,
	id,
	state,
	status,
}: ReportVerification | ReportComponent): string | undefined {
	return status === 'good' ? undefined : [tenant, kind, id, state].join('/');
}

function licenseProblem({ tenant, name, unit, status }: ReportLicense): string | undefined {
	return status === 'good' ? undefined : [tenant, name, unit, status].join('/');
}

function findingProblem({ id, tenant, source, text, status }: ReportFinding): string | undefined {
	return status === 'good' ? undefined : [tenant, source, id || text].join('/');
}

/**
 * Marks what is new in a report, and keeps its problems for the next one.
 *
 * @returns the report with `isNew` on rows and `news`, or with a note where there is no last report
 */
export function markNews(
	context: Context,
	model: ReportModel,
	options: ReportOptions,
): ReportModel {
	const data = context.getWorkflowStaticData('node');
	const all = (data.reportProblems ?? {}) as Record<string, Kept>;
	const key = keyOf(model, options);
	const execution = context.getExecutionId() ?? '';
	const kept = all[key];
	const isSame = kept !== undefined && execution !== '' && kept.execution === execution;
	const before = isSame ? kept.before : kept?.now;
	const beforeAt = isSame ? kept.beforeAt : kept?.at;

	const unread = new Set(model.unavailable.map(({ section }) => section));
	const now: Problems = {};
	let [count, solved] = [0, 0];
	const marked: ReportModel = { ...model };
	for (const section of new Set(LISTS.map(([one]) => one))) {
		if (!options.sections.includes(section)) continue;
		const was = before?.[section];
		const known = was === undefined ? undefined : new Set(split(was));
		const found = new Set<string>();
		for (const [, list, problem] of LISTS.filter(([one]) => one === section)) {
			const rows = model[list]?.map((row) => {
				const text = problem(row as never);
				if (text === undefined) return row;
				const mark = markOf(text);
				found.add(mark);
				if (known === undefined || known.has(mark)) return row;
				count++;
				return { ...row, isNew: true as const };
			});
			if (rows) Object.assign(marked, { [list]: rows });
		}
		const gone = [...(known ?? [])].filter((mark) => !found.has(mark));
		// What could not be read whole may still be there: it is not new when it can be read again.
		const all = unread.has(section) ? [...found, ...gone] : [...found];
		if (!unread.has(section)) solved += gone.length;
		// Of a section that has never been read whole, nobody can say later what of it is new.
		const isOpen = known === undefined && unread.has(section);
		if (!isOpen && all.length <= MOST) now[section] = all.join('');
	}
	const at = model.generatedAt;
	const still = Object.entries(all).filter(
		([, one]) => Date.parse(at) - Date.parse(one.at) < FORGET,
	);
	// Assigned as a whole: n8n notices a change of static data at its top.
	data.reportProblems = {
		...Object.fromEntries(still),
		[key]: { execution, at, now, ...(before && beforeAt ? { before, beforeAt } : {}) },
	};
	if (!before || !beforeAt)
		return {
			...model,
			notes: [...model.notes, speechOf(model.language).say('newsFirst')],
		};
	return { ...marked, news: { since: beforeAt, count, solved } };
}

/** Reports that can be compared: of one server and tenant, and of the same jobs and sections. */
function keyOf({ server, tenant }: ReportModel, options: ReportOptions): string {
	const { includeJobs, excludeJobs, includeTenants, excludeTenants } = options;
	const filters = [includeJobs, excludeJobs, includeTenants, excludeTenants];
	return [server, tenant ?? '', markOf(JSON.stringify(filters))].join(' ');
}

/** Characters of a mark. */
const LENGTH = 7;

const split = (marks: string): string[] => marks.match(new RegExp(`.{${LENGTH}}`, 'g')) ?? [];

/** A text in seven characters: FNV-1a. Two of some thousands that are alike are not to be expected. */
function markOf(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++)
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return (hash >>> 0).toString(36).padStart(LENGTH, '0');
}
