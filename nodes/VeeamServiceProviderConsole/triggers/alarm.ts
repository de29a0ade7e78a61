import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { present } from '../../shared/common/rows';
import { bury, type Counting } from '../../shared/monitoring/identities';
import { shortKey } from '../../shared/monitoring/keys';
import { listOf } from '../../shared/monitoring/options';
import { HOUR, readTime } from '../../shared/common/time';
import { byName, valueLabel } from '../../shared/form/operationNames';
import type {
	Farewells,
	Notification,
	Outcome,
	Severity,
	Transition,
	WatchedObject,
} from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { overlay } from '../overlay';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { namesById, pagesOf } from './lists';
import { ALARM_TEMPLATES, ALARMS, readAlarm, type Alarm } from '../model/alarms';
import { sortBy } from '../model/queries';
import { named, same, spaced, text } from '../model/values';

const SEVERITIES: Severity[] = ['info', 'info', 'warning', 'error'];

/** What is known of an alarm that is open. */
interface Open {
	status: string;
	level: number;
	/**
	 * Its first activation that the trigger knows, as the server tells it: time and repeats; and how many
	 * times the alarm was over before.
	 */
	began: string;
	ended: number;
	/** How many things were reported of it since: an alarm can get worse twice. */
	steps: number;
	/** When it was last reported; 0 for one that was there when the trigger began, silently. */
	emitted: number;
	object: WatchedObject;
	/** What the alarm is called; known once it was reported. */
	name?: string;
	repeats: number;
	/** A whole look has not seen it. */
	missed?: true;
}

interface AlarmsState extends Counting {
	open: Record<string, Open>;
	/** The settings have changed: what they bring in anew becomes known silently in this look. */
	adopting?: { since?: number; options?: IDataObject };
	/** The trigger starts fresh after a pause: what was triggered meanwhile becomes known silently. */
	anew?: true;
}

const choice = (name: string, value = name) => ({ name, value });

const FIELDS: INodeProperties[] = [
	{
		displayName: 'Changes',
		name: 'alarmChanges',
		type: 'multiOptions',
		options: [
			choice('Acknowledged', 'acknowledged'),
			choice('Repeated', 'repeated'),
			choice('Resolved', 'resolved'),
			choice('Severity Changed', 'changed'),
			choice('Triggered', 'triggered'),
		],
		default: ['changed', 'resolved', 'triggered'],
		description: 'What to report about an alarm',
	},
	{
		displayName: 'Severities',
		name: 'alarmSeverities',
		type: 'multiOptions',
		options: ['Error', 'Info', 'Warning'].map((name) => choice(name)),
		default: ['Error', 'Warning'],
		description: 'Severity that an alarm must reach to be reported for the first time',
	},
];

const OBJECT_TYPES = [
	'BackupAgent',
	'BackupMicrosoft365Server',
	'BackupProxy',
	'BackupRepository',
	'BackupServer',
	'BackupServerJob',
	'BackupWanAccelerator',
	'CloudGateway',
	'CloudRepository',
	'Company',
	'Location',
	'ManagementAgent',
	'Reseller',
	'Site',
	'VOneServer',
];

const OPTIONS: INodeProperties[] = [
	COMPANIES,
	{
		displayName: 'Object Types',
		name: 'objectTypes',
		type: 'multiOptions',
		options: OBJECT_TYPES.map((type) => choice(valueLabel(overlay, type), type)).sort((a, b) =>
			byName(a.name, b.name),
		),
		default: [],
		description: 'Only alarms about these kinds of objects; all if empty',
	},
];

/** The same for an alarm of the same template about the same object: it opens and closes under it. */
const objectOf = ({ templateId, about }: Alarm): WatchedObject => ({
	id: `${templateId}/${about.id}`,
	name: about.name,
	type: about.type,
});

const isWanted = ({ options }: PollContext, { about }: Alarm): boolean => {
	const types = listOf(options.objectTypes);
	return (
		(types.length === 0 || types.some((one) => same(spaced(one), about.type))) &&
		isWantedCompany(options, about.organization)
	);
};

const opens = ({ options }: PollContext, { status }: Alarm): boolean =>
	listOf(options.alarmSeverities).some((one) => same(status, one));

const WORDS: Partial<Record<string, string>> = {
	problem: 'was triggered',
	worsened: 'got worse',
	reminder: 'is still active',
	recovered: 'was resolved',
	unwatched: 'is no longer watched: the problem is closed',
	gone: 'was resolved: it is no longer active',
	acknowledged: 'was acknowledged',
	repeated: 'was triggered again',
	changed: 'changed its severity',
};

/** `Alarm "Job state" on backup server job "Daily"`, without the names that the server does not give. */
function titleOf(name: string, object: WatchedObject): string {
	const about = named(object.type.toLowerCase(), object.name);
	return `${name ? `Alarm "${name}"` : 'An alarm'} on ${object.name ? about : about.replace(/^A/, 'a')}`;
}

/** What to report, as soon as the alarm's name is known. */
type Report = (name: string) => Notification;

const reportOf =
	(
		{ record, facts }: { record: IDataObject; facts?: Alarm },
		transition: Transition,
		word: string,
		known: Pick<Open, 'status' | 'began' | 'steps' | 'object'> | undefined,
		identity: Pick<Open, 'began' | 'steps'> | undefined = known,
	): Report =>
	(name) => {
		const object =
			known?.object ?? (facts ? objectOf(facts) : { id: '', name: '', type: 'Object' });
		const status = facts?.status ?? 'Resolved';
		const said = transition !== 'recovered' && facts?.message ? `: ${facts.message}` : '.';
		return {
			transition,
			severity: transition === 'recovered' ? 'info' : (SEVERITIES[facts?.degree ?? 0] ?? 'info'),
			object,
			condition: 'alarm',
			// An alarm keeps its id when it is triggered again.
			occurrence: [facts?.id, identity?.began, identity?.steps].join('/'),
			...(facts?.time ? { occurredAt: facts.time } : {}),
			previous: known ? { status: known.status } : null,
			current: {
				status,
				repeatCount: facts ? facts.repeats : null,
				remark: facts?.remark || null,
			},
			message: `${titleOf(name, object)} ${WORDS[word] ?? word} (${status.toLowerCase()})${said}`,
			record,
			details: { alarmId: facts?.id ?? null, alarm: name || null },
		};
	};

/** What became of one alarm: what is to be remembered, and what to report. */
interface Compared {
	open?: Open;
	report?: Report;
	/** It is time to speak of it again, and what is to be remembered then. */
	reminder?: { open: Open; report: Report };
}

function compare(
	pollContext: PollContext,
	record: IDataObject,
	before: Open | undefined,
	silent: boolean,
	adopting: boolean,
	ended: number,
): Compared {
	const now = pollContext.serverNow();
	const facts = readAlarm(record);
	const alarm = { record, facts };
	const { status, degree, repeats } = facts;
	const reports = (what: string) => listOf(pollContext.options.alarmChanges).includes(what);
	const isAnother = reports('triggered') && isTriggeredAnew(before, facts);
	const known = isAnother ? undefined : before;
	if (facts.isResolved) {
		if (!known?.emitted || !reports('resolved')) return {};
		return { report: reportOf(alarm, 'recovered', 'recovered', known) };
	}
	// What has no severity (yet) stays as it was known.
	if (degree === 0 && !facts.isAcknowledged) return known ? { open: known } : {};
	if (!known) {
		if (degree === 0 || !opens(pollContext, facts)) return {};
		const emit = !silent && reports('triggered');
		const began = `${facts.time}/${repeats}/${ended}`;
		const about = { status, level: degree, object: objectOf(facts), repeats };
		const open = { ...about, began, ended, steps: 0 };
		return {
			// Its resolution is reported also where its beginning was not wanted.
			open: { ...open, emitted: silent ? 0 : now },
			...(emit ? { report: reportOf(alarm, 'problem', 'problem', undefined, open) } : {}),
		};
	}
	if (adopting && degree > 0 && !opens(pollContext, facts))
		return farewellTo(record, known, reports);
	const open: Open = { ...known, status, level: degree || known.level, repeats };
	delete open.missed;
	const emitted = (transition: Transition, word: string) => {
		open.emitted = now;
		open.steps = known.steps + 1;
		return { open, report: reportOf(alarm, transition, word, known, open) };
	};
	if (!same(status, known.status)) {
		if (degree === 0)
			return reports('acknowledged') ? emitted('changed', 'acknowledged') : { open };
		if (!reports('changed')) return { open };
		if (degree > known.level) return emitted('worsened', 'worsened');
		if (same(known.status, 'Acknowledged')) return emitted('changed', 'repeated');
		return emitted('changed', 'changed');
	}
	if (repeats > known.repeats && reports('repeated')) return emitted('changed', 'repeated');
	const hours = pollContext.common.reminderHours;
	const due = hours > 0 && known.emitted > 0 && degree > 0 && now - known.emitted >= hours * HOUR;
	return due ? { open: { ...open }, reminder: emitted('reminder', 'reminder') } : { open };
}

/**
 * One that was there when the trigger began was triggered since: nobody saw that it was over, and nobody
 * heard of it.
 */
function isTriggeredAnew(before: Open | undefined, { degree, time }: Alarm): boolean {
	if (!before || before.emitted > 0 || degree === 0) return false;
	const [known, is] = [readTime(before.began.split('/')[0]), readTime(time)];
	return known !== undefined && is !== undefined && known !== is;
}

/** The filters leave the alarm out: what was reported of it is closed. */
function farewellTo(
	record: IDataObject,
	known: Open,
	reports: (what: string) => boolean,
): { open?: Open; report?: Report } {
	if (!known.emitted || !reports('resolved')) return {};
	const report = reportOf({ record, facts: readAlarm(record) }, 'recovered', 'unwatched', known);
	return {
		report: (name) => {
			const said = report(name);
			return { ...said, current: { ...(said.current as IDataObject), watched: false } };
		},
	};
}

/** Its own where the server gives it; else its template's, which are read only where something is reported. */
async function nameOf(pollContext: PollContext, templateId: string, own = ''): Promise<string> {
	if (own) return own;
	const templates = await namesById(pollContext, ALARM_TEMPLATES, ['name']);
	return text(templates.get(templateId)?.name);
}

/** A reminder that is due. */
interface Due extends NonNullable<Compared['reminder']> {
	key: string;
	facts: Alarm;
	known: Open;
}

const byLastWord = (a: Due, b: Due): number => a.known.emitted - b.known.emitted;

async function look(pollContext: PollContext, before: AlarmsState | undefined): Promise<Outcome> {
	const open: Record<string, Open> = { ...before?.open };
	const seen = new Set<string>();
	const notifications: Notification[] = [];
	const reminders: Due[] = [];
	// The settings changed, and not everything was read since: what held before that.
	const former: AlarmsState['adopting'] = before && {
		...(pollContext.settingsChanged
			? { since: pollContext.since, options: pollContext.optionsBefore }
			: undefined),
		...before.adopting,
	};
	const adopting = former !== undefined && Object.keys(former).length > 0;
	const { emitCurrentProblems } = pollContext.common;
	const counting: Counting = { gone: { ...before?.gone } };
	const memory = (): AlarmsState => ({
		open,
		...counting,
		...(adopting ? { adopting: former } : {}),
		...(before?.anew ? { anew: true } : {}),
	});
	const endedOf = (key: string) => Number(counting.gone?.[key]?.alarm ?? 0);
	/** An alarm that comes again as it was is another occurrence. */
	const end = (key: string) => {
		const known = open[key];
		delete open[key];
		if (known?.emitted) bury(counting, key, { alarm: known.ended + 1 }, pollContext.serverNow());
	};
	const reports = (what: string) => listOf(pollContext.options.alarmChanges).includes(what);
	/** What the settings bring in anew is known, unless it was triggered since the last poll. */
	const isSilent = (facts: Alarm): boolean => {
		if (emitCurrentProblems) return false;
		if (before === undefined || before.anew === true) return true;
		if (!adopting || (readTime(facts.time) ?? 0) > (former.since ?? Infinity)) return false;
		const { options = pollContext.options } = former;
		const wasWatched = { ...pollContext, options };
		return !isWanted(wasWatched, facts) || !opens(wasWatched, facts);
	};
	/** After what is new, which they would keep waiting for ever; the oldest word first. */
	const remind = async () => {
		for (const { key, facts, known, ...due } of reminders.sort(byLastWord)) {
			if (notifications.length >= pollContext.remainingItems) return;
			const name = await nameOf(pollContext, facts.templateId, facts.name || known.name);
			open[key] = name ? { ...due.open, name } : due.open;
			notifications.push(due.report(name));
		}
	};
	for await (const { items, next } of pagesOf(pollContext, ALARMS)) {
		for (const record of items) {
			// The next poll begins again: what was reported is known.
			if (notifications.length >= pollContext.remainingItems)
				return { notifications, memory: memory(), unfinished: true };
			const facts = readAlarm(record);
			const key = shortKey(facts.id);
			const known = open[key];
			const isWatched = isWanted(pollContext, facts);
			if (!isWatched && !known) continue;
			seen.add(key);
			const result: Compared =
				isWatched || !known
					? compare(pollContext, record, known, isSilent(facts), adopting, endedOf(key))
					: farewellTo(record, known, reports);
			if (result.open) open[key] = result.open;
			else end(key);
			if (result.reminder && known) reminders.push({ key, facts, known, ...result.reminder });
			if (result.report) {
				const name = await nameOf(pollContext, facts.templateId, facts.name || known?.name);
				if (result.open && name) open[key] = { ...result.open, name };
				notifications.push(result.report(name));
			}
		}
		if (next !== undefined && pollContext.isExpired()) {
			await remind();
			return { notifications, memory: memory(), unfinished: true };
		}
	}
	for (const [key, known] of Object.entries(open)) {
		if (seen.has(key)) continue;
		// One look can miss it: a list that comes empty for once, or a page that was shifted.
		if (!known.missed) {
			open[key] = { ...known, missed: true };
			continue;
		}
		if (notifications.length >= pollContext.remainingItems)
			return { notifications, memory: memory(), unfinished: true };
		end(key);
		const emit = known.emitted > 0 && listOf(pollContext.options.alarmChanges).includes('resolved');
		if (!emit) continue;
		const [templateId = ''] = known.object.id.split('/');
		const report = reportOf({ record: { ...known.object } }, 'recovered', 'gone', known);
		notifications.push(report(await nameOf(pollContext, templateId, known.name)));
	}
	await remind();
	return { notifications, memory: { open, ...counting } };
}

/** The event is no longer picked. */
function leave(memory: unknown, most: number): Farewells {
	const open = { ...(memory as AlarmsState).open };
	const notifications: Notification[] = [];
	for (const [key, known] of Object.entries(open)) {
		if (notifications.length >= most) return { notifications, memory: { open } };
		delete open[key];
		if (!known.emitted) continue;
		const record = { ...known.object };
		const said = reportOf({ record }, 'recovered', 'unwatched', known)(known.name ?? '');
		notifications.push({ ...said, current: { ...(said.current as IDataObject), watched: false } });
	}
	return { notifications };
}

async function sample(pollContext: PollContext): Promise<Notification | undefined> {
	const query = { sort: sortBy('lastActivation.time', 'descending'), limit: 100 };
	const body = await pollContext.get({ path: ALARMS, query });
	const alarms = present(pollContext.adapter.paging.items(body) ?? [])
		.map((record) => ({ record, facts: readAlarm(record) }))
		.filter(({ facts }) => isWanted(pollContext, facts));
	const alarm =
		alarms.find(({ facts }) => opens(pollContext, facts)) ??
		alarms.find(({ facts }) => facts.degree > 0);
	if (!alarm) return undefined;
	const name = await nameOf(pollContext, alarm.facts.templateId, alarm.facts.name);
	return reportOf(alarm, 'problem', 'problem', undefined)(name);
}

/** Alarms of the console, from the first activation to the end. */
export const alarm = withCompany(
	{
		value: 'alarm',
		name: 'Alarm',
		action: 'On alarm triggered or resolved',
		description: 'An alarm is triggered, changes its severity, or is acknowledged or resolved',
		fields: FIELDS,
		options: OPTIONS,
		adoptsMemory: true,
		poll: async (pollContext, memory) => await look(pollContext, memory as AlarmsState | undefined),
		leave,
		beginAnew: (memory) => ({ ...(memory as AlarmsState), anew: true }),
		sample,
	},
	{ organization: (_, record) => readAlarm(record).about.organization || undefined },
);
