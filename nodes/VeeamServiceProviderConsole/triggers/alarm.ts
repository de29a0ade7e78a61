import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { shortKey } from '../../shared/monitoring/keys';
import { listOf } from '../../shared/monitoring/options';
import { HOUR } from '../../shared/common/time';
import type {
	Notification,
	Outcome,
	Severity,
	Transition,
	WatchedObject,
} from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { pagesOf, same, sortBy, spaced, text } from '../model/lists';

const PATH = '/alarms/active';

/** Worse is higher. */
const DEGREES: Record<string, number> = { info: 1, warning: 2, error: 3 };
const SEVERITIES: Severity[] = ['info', 'info', 'warning', 'error'];

/** What is known of an alarm that is open. */
interface Open {
	status: string;
	level: number;
	/** When it was triggered as far as the trigger knows: milliseconds. */
	since: number;
	/** When it was last told; 0 for one that was there when the trigger began, silently. */
	emitted: number;
	object: WatchedObject;
	repeats: number;
	missed?: true;
}

interface TriggerState {
	open: Record<string, Open>;
}

const choice = (name: string, value = name) => ({ name, value });

const FIELDS: INodeProperties[] = [
	{
		displayName: 'Tell',
		name: 'alarmTell',
		type: 'multiOptions',
		options: [
			choice('Acknowledged', 'acknowledged'),
			choice('Repeated', 'repeated'),
			choice('Resolved', 'resolved'),
			choice('Severity Changed', 'changed'),
			choice('Triggered', 'triggered'),
		],
		default: ['changed', 'resolved', 'triggered'],
		description: 'What to tell of an alarm',
	},
	{
		displayName: 'Severities',
		name: 'alarmSeverities',
		type: 'multiOptions',
		options: ['Error', 'Info', 'Warning'].map((name) => choice(name)),
		default: ['Error', 'Warning'],
		description: 'With which severity an alarm begins to count',
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
		options: OBJECT_TYPES.map((type) => choice(spaced(type), type)),
		default: [],
		description: 'Only alarms about these kinds of objects; all where empty',
	},
];

const activation = ({ lastActivation }: IDataObject) => (lastActivation ?? {}) as IDataObject;
const statusOf = (alarm: IDataObject) => text(activation(alarm).status);
const degreeOf = (alarm: IDataObject) => DEGREES[statusOf(alarm).toLowerCase()] ?? 0;
const about = ({ object }: IDataObject) => (object ?? {}) as IDataObject;

/** The same for an alarm of the same template about the same object: it opens and closes under it. */
function objectOf(alarm: IDataObject): WatchedObject {
	const { objectUid, instanceUid, objectName, computerName, type } = about(alarm);
	return {
		id: `${text(alarm.alarmTemplateUid)}/${text(objectUid) || text(instanceUid)}`,
		name: text(objectName) || text(computerName),
		type: spaced(type) || 'Object',
	};
}

const isWanted = ({ options }: PollContext, alarm: IDataObject): boolean => {
	const types = listOf(options.objectTypes);
	const { type, organizationUid } = about(alarm);
	return (
		(types.length === 0 || types.some((one) => same(type, one))) &&
		isWantedCompany(options, organizationUid)
	);
};

const opens = ({ options }: PollContext, alarm: IDataObject): boolean =>
	listOf(options.alarmSeverities).some((one) => same(statusOf(alarm), one));

const WORDS: Partial<Record<string, string>> = {
	problem: 'was triggered',
	worsened: 'got worse',
	reminder: 'is still active',
	recovered: 'was resolved',
	gone: 'was resolved: it is no longer active',
	acknowledged: 'was acknowledged',
	repeated: 'was triggered again',
	changed: 'changed its severity',
};

function happeningOf(
	alarm: IDataObject,
	transition: Transition,
	word: string,
	known: Pick<Open, 'status' | 'since' | 'object'> | undefined,
	isGone = false,
): Notification {
	const object = known?.object ?? objectOf(alarm);
	const status = isGone ? 'Resolved' : statusOf(alarm);
	const { time, message, remark } = isGone ? ({} as IDataObject) : activation(alarm);
	const level = isGone ? 0 : degreeOf(alarm);
	const said = transition !== 'recovered' && text(message) ? `: ${text(message)}` : '.';
	return {
		transition,
		severity: transition === 'recovered' ? 'info' : (SEVERITIES[level] ?? 'info'),
		object,
		condition: 'alarm',
		// An alarm keeps its id when it is triggered again.
		occurrence: [alarm.instanceUid, known?.since, time, alarm.repeatCount, status].join('/'),
		...(text(time) ? { occurredAt: text(time) } : {}),
		previous: known ? { status: known.status } : null,
		current: { status, repeatCount: alarm.repeatCount ?? null, remark: text(remark) || null },
		message: `The alarm on ${object.type.toLowerCase()} "${object.name}" ${WORDS[word] ?? word} (${status.toLowerCase()})${said}`,
		record: alarm,
		details: { alarmId: alarm.instanceUid },
	};
}

/** What became of one alarm: what is to be remembered, and what to tell. */
function compare(
	pollContext: PollContext,
	alarm: IDataObject,
	known: Open | undefined,
	silent: boolean,
): { open?: Open; notification?: Notification } {
	const now = pollContext.serverNow();
	const tells = (what: string) => listOf(pollContext.options.alarmTell).includes(what);
	const [status, level] = [statusOf(alarm), degreeOf(alarm)];
	const repeats = Number(alarm.repeatCount ?? 0);
	if (same(status, 'Resolved')) {
		if (!known?.emitted || !tells('resolved')) return {};
		return { notification: happeningOf(alarm, 'recovered', 'recovered', known) };
	}
	// What has no severity (yet) stays as it was known.
	if (level === 0 && !same(status, 'Acknowledged')) return known ? { open: known } : {};
	if (!known) {
		if (level === 0 || !opens(pollContext, alarm)) return {};
		const emit = !silent && tells('triggered');
		const open = { status, level, since: now, object: objectOf(alarm), repeats };
		return {
			// Its resolution is told also where its beginning was not wanted.
			open: { ...open, emitted: silent ? 0 : now },
			...(emit ? { notification: happeningOf(alarm, 'problem', 'problem', undefined) } : {}),
		};
	}
	const open: Open = { ...known, status, level: level || known.level, repeats };
	delete open.missed;
	const emitted = (transition: Transition, word: string) => ({
		open: { ...open, emitted: now },
		notification: happeningOf(alarm, transition, word, known),
	});
	if (!same(status, known.status)) {
		if (level === 0) return tells('acknowledged') ? emitted('changed', 'acknowledged') : { open };
		if (!tells('changed')) return { open };
		if (level > known.level) return emitted('worsened', 'worsened');
		if (same(known.status, 'Acknowledged')) return emitted('changed', 'repeated');
		return emitted('changed', 'changed');
	}
	if (repeats > known.repeats && tells('repeated')) return emitted('changed', 'repeated');
	const hours = pollContext.common.reminderHours;
	const due = hours > 0 && known.emitted > 0 && level > 0 && now - known.emitted >= hours * HOUR;
	if (!due) return { open };
	const reminder = emitted('reminder', 'reminder');
	return {
		...reminder,
		notification: {
			...reminder.notification,
			occurrence: `${reminder.notification.occurrence}/${now}`,
		},
	};
}

async function look(pollContext: PollContext, before: TriggerState | undefined): Promise<Outcome> {
	const open: Record<string, Open> = { ...before?.open };
	const seen = new Set<string>();
	const notifications: Notification[] = [];
	const silent = !before && !pollContext.common.emitCurrentProblems;
	let pages = 0;
	for await (const { items } of pagesOf(pollContext, PATH)) {
		pages++;
		for (const alarm of items) {
			// The next poll begins again: what was told is known.
			if (notifications.length >= pollContext.remainingItems)
				return { notifications, memory: { open }, unfinished: true };
			if (!isWanted(pollContext, alarm)) continue;
			const key = shortKey(text(alarm.instanceUid));
			seen.add(key);
			const result = compare(pollContext, alarm, open[key], silent);
			if (result.open) open[key] = result.open;
			else delete open[key];
			if (result.notification) notifications.push(result.notification);
		}
		if (pollContext.isExpired()) return { notifications, memory: { open }, unfinished: true };
	}
	for (const [key, known] of Object.entries(open)) {
		if (seen.has(key)) continue;
		// While pages are read an alarm can move onto one that was read already: look twice then.
		if (pages > 1 && !known.missed) {
			open[key] = { ...known, missed: true };
			continue;
		}
		delete open[key];
		const emit = known.emitted > 0 && listOf(pollContext.options.alarmTell).includes('resolved');
		const record = { ...known.object };
		if (emit) notifications.push(happeningOf(record, 'recovered', 'gone', known, true));
	}
	return { notifications, memory: { open } };
}

async function sample(pollContext: PollContext): Promise<Notification | undefined> {
	const query = { sort: sortBy('lastActivation.time', 'descending'), limit: 100 };
	const body = await pollContext.get({ path: PATH, query });
	const alarms = (pollContext.adapter.paging.items(body) ?? []).filter((one) =>
		isWanted(pollContext, one),
	);
	const alarm =
		alarms.find((one) => opens(pollContext, one)) ?? alarms.find((one) => degreeOf(one) > 0);
	return alarm && happeningOf(alarm, 'problem', 'problem', undefined);
}

/** Alarms of the console, from the first activation to the end. */
export const alarm = withCompany(
	{
		value: 'alarm',
		name: 'Alarm',
		description: 'An alarm is triggered, changes its severity, is acknowledged or resolved',
		fields: FIELDS,
		options: OPTIONS,
		poll: async (pollContext, memory) =>
			await look(pollContext, memory as TriggerState | undefined),
		sample,
	},
	{ organization: (_, record) => text(about(record).organizationUid) || undefined },
);
