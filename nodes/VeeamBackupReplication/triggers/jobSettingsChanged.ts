import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { fingerprint, shortKey } from '../../shared/monitoring/keys';
import { listOf, nameOptions } from '../../shared/monitoring/options';
import {
	EXAMPLE,
	type EventDefinition,
	type Notification,
	type Outcome,
} from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { ASPECTS, PATH, settingsOf, type Aspect } from '../model/jobSettings';
import { jobTitle } from './jobPages';
import { byName } from './nameOptions';
import {
	KnownSettings,
	newSettingsMemory,
	type SettingsChange,
	type SettingsMemory,
} from './settingsMemory';

const FIELD = 'jobSettingsChangedSettings';

/** Jobs come whole, some 10 KB each. */
const PAGE = 500;

/** Settings that a message lists; the others are in `previous` and `current`. */
const SHOWN = 5;

const NAMES: Record<Aspect, string> = {
	encryption: 'Encryption',
	guestProcessing: 'Guest Processing',
	repository: 'Repository',
	retention: 'Retention',
	schedule: 'Schedule',
};

function aspectsOf({ options }: PollContext): Aspect[] {
	const picked = listOf(options[FIELD]);
	return ASPECTS.filter((aspect) => picked.length === 0 || picked.includes(aspect));
}

/** What the user did not watch before becomes known silently, in a sweep of its own. */
function adopt(memory: SettingsMemory, aspects: Aspect[]): void {
	const before = memory.wanted ?? aspects;
	const added = aspects.filter((aspect) => !before.includes(aspect));
	memory.fresh = [...(memory.fresh ?? []), ...added];
	delete memory.from;
}

/** Undefined where the options leave a job out. */
function objectOf(
	job: IDataObject,
	{ options }: PollContext,
): { id: string; name: string } | undefined {
	const named = byName(job, options);
	return named && !named.isLeftOut ? { id: named.id, name: named.name } : undefined;
}

/** Settings of jobs that decide what can be restored, and by whom, when they are changed. */
export const jobSettingsChanged: EventDefinition = {
	value: 'jobSettingsChanged',
	name: 'Job Settings Changed',
	action: 'On job settings changed',
	short: 'Job Settings',
	description:
		'The repository, retention, schedule, encryption or guest processing of a job was changed, for the kinds of jobs whose settings the API version knows',
	fields: [
		{
			displayName: 'Settings',
			name: FIELD,
			type: 'multiOptions',
			options: ASPECTS.map((value) => ({ name: NAMES[value], value })),
			default: [...ASPECTS],
			description: 'Which settings to watch; all if empty',
		},
	],
	options: nameOptions(),
	adoptsMemory: true,
	async poll(pollContext, kept): Promise<Outcome> {
		// A copy: a poll that fails half-way leaves the memory as it was.
		const memory = kept
			? deepCopy(kept as IDataObject as unknown as SettingsMemory)
			: newSettingsMemory(pollContext.serverNow());
		const known = new KnownSettings(memory);
		const aspects = aspectsOf(pollContext);
		const notifications: Notification[] = [];
		if (pollContext.settingsChanged) adopt(memory, aspects);
		memory.wanted = aspects;
		const from = memory.from ?? 0;
		delete memory.from;
		if (from === 0) memory.sweep++;
		const request = { method: 'GET' as const, path: PATH };
		for await (const page of pollContext.pages(request, { from, pageSize: PAGE })) {
			for (const [index, job] of page.items.entries()) {
				if (notifications.length >= pollContext.remainingItems) {
					memory.from = page.from + index;
					return { notifications, memory, unfinished: true };
				}
				const object = objectOf(job, pollContext);
				const change = object && known.meet(shortKey(object.id), settingsOf(job), aspects);
				if (change) notifications.push(notificationOf(job, object, change));
			}
			if (page.next !== undefined && pollContext.isExpired()) {
				memory.from = page.next;
				return { notifications, memory, unfinished: true };
			}
		}
		known.finish(pollContext.serverNow());
		return { notifications, memory };
	},
	async sample(pollContext) {
		const request = { method: 'GET' as const, path: PATH };
		for await (const { items } of pollContext.pages(request, { pageSize: 20 })) {
			for (const job of items) {
				const object = objectOf(job, pollContext);
				const settings = settingsOf(job);
				const aspect = aspectsOf(pollContext).find((one) => settings[one]);
				const [name, value] = Object.entries((aspect && settings[aspect]) ?? {})[0] ?? [];
				if (!object || !aspect || name === undefined || value === undefined) continue;
				const example = notificationOf(job, object, {
					count: '',
					aspects: [aspect],
					previous: { [name]: null },
					current: { [name]: value },
				});
				return { ...example, message: `${EXAMPLE}${example.message}` };
			}
			return undefined;
		}
		return undefined;
	},
};

function notificationOf(
	job: IDataObject,
	object: { id: string; name: string },
	{ count, aspects, previous, current }: SettingsChange,
): Notification {
	const names = Object.keys(current);
	const shown = (value: unknown) => (value === null ? 'none' : String(value).slice(0, 100));
	const lines = names
		.slice(0, SHOWN)
		.map((name) => `• ${name}: ${shown(previous[name])} → ${shown(current[name])}`);
	if (names.length > SHOWN) lines.push(`• and ${names.length - SHOWN} more`);
	const what = aspects.map((aspect) => NAMES[aspect].toLowerCase()).join(', ');
	return {
		transition: 'changed',
		severity: 'warning',
		object: { ...object, type: 'Job' },
		condition: 'settings',
		occurrence: `${count}.${fingerprint(JSON.stringify([previous, current]))}`,
		previous,
		current,
		message: `Settings of ${jobTitle(job).replace(/^Job/, 'job')} were changed (${what}):\n${lines.join('\n')}`,
		record: job,
		details: { jobType: job.type ?? null, changedSettings: aspects },
	};
}
