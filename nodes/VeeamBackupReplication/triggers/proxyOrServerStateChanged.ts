import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { Outcome, EventDefinition } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { UserFacingFailure } from '../../shared/http/errors';
import { isKnown } from '../model/catalogueFacts';
import { isUnavailable, PATH as SERVERS } from '../model/managedServers';
import { PATH as PROXIES, proxyOf } from '../model/proxies';
import { nameOf } from '../model/text';
import { conditionsField, flag, not } from '../../shared/monitoring/conditions';
import { byName } from './nameOptions';

const FIELD = 'proxyOrServerConditions';

const proxy = (record: IDataObject) => `Proxy "${nameOf(record)}"`;
const server = (record: IDataObject) => `Managed server "${nameOf(record)}"`;

const described: Omit<EventDefinition, 'poll' | 'sample'> = {
	value: 'proxyOrServerStateChanged',
	name: 'Proxy or Managed Server State Changed',
	action: 'On proxy or managed server unavailable or recovered',
	short: 'Proxy or Server',
	description:
		'A backup proxy is offline, out of date or disabled, or a managed server unavailable, or has recovered',
	fields: [
		conditionsField(
			FIELD,
			[
				{ name: 'Managed Server Unavailable', value: 'unavailable' },
				{ name: 'Proxy Disabled', value: 'disabled' },
				{ name: 'Proxy Offline', value: 'offline' },
				{ name: 'Proxy Out of Date', value: 'outOfDate' },
			],
			['offline', 'outOfDate', 'unavailable'],
		),
	],
	options: nameOptions(),
};

const proxies = snapshotEvent(described, {
	type: 'Proxy',
	pages: (pollContext, from) => {
		if (!isKnown(pollContext, `GET ${PROXIES}`))
			throw new UserFacingFailure({
				message: `The state of proxies needs API 1.3-rev0 or later; this credential uses ${pollContext.client.version}.`,
				description:
					'Choose another API version in the credential, if the server has it, or take the conditions of proxies out of "Proxy or Managed Server State Changed".',
			});
		return pollContext.pages({ method: 'GET', path: PROXIES }, { from, pageSize: 10_000 });
	},
	object: byName,
	conditions: [
		flag({
			field: FIELD,
			name: 'disabled',
			is: (record) => proxyOf(record).isDisabled,
			named: proxy,
			problem: 'is disabled',
			reminder: 'is still disabled',
			recovered: 'is enabled again',
			current: (record) => ({ isDisabled: proxyOf(record).isDisabled ?? null }),
		}),
		flag({
			field: FIELD,
			name: 'offline',
			is: (record) => not(proxyOf(record).isOnline),
			severity: 'error',
			named: proxy,
			problem: 'is offline',
			reminder: 'is still offline',
			recovered: 'is online again',
			current: (record) => ({ isOnline: proxyOf(record).isOnline ?? null }),
		}),
		flag({
			field: FIELD,
			name: 'outOfDate',
			is: (record) => proxyOf(record).isOutOfDate,
			named: proxy,
			problem: 'runs outdated components: upgrade them',
			reminder: 'still runs outdated components: upgrade them',
			recovered: 'is up to date again',
			current: (record) => ({ isOutOfDate: proxyOf(record).isOutOfDate ?? null }),
		}),
	],
});

const servers = snapshotEvent(described, {
	type: 'Managed Server',
	pages: (pollContext, from) =>
		pollContext.pages({ method: 'GET', path: SERVERS }, { from, pageSize: 10_000 }),
	object: byName,
	conditions: [
		flag({
			field: FIELD,
			name: 'unavailable',
			is: isUnavailable,
			severity: 'error',
			named: server,
			problem: 'is unavailable',
			reminder: 'is still unavailable',
			recovered: 'is available again',
			current: ({ status = null }) => ({ status }),
		}),
	],
});

/** Two lists in one event, each with its own memory; one that nobody wants is not read. */
const PARTS = [
	{ key: 'proxies', event: proxies, conditions: ['disabled', 'offline', 'outOfDate'] },
	{ key: 'servers', event: servers, conditions: ['unavailable'] },
];

const wanted = ({ options }: PollContext) =>
	PARTS.filter(({ conditions }) => conditions.some((one) => listOf(options[FIELD]).includes(one)));

/**
 * Closes what is open of a part that nobody wants any more.
 *
 * @param known is changed
 */
function leavePart(
	known: Record<string, unknown>,
	{ key, event }: (typeof PARTS)[number],
	most: number,
): Outcome['notifications'] {
	if (known[key] === undefined || !event.leave) return [];
	const { notifications, memory } = event.leave(known[key], most);
	if (memory === undefined) delete known[key];
	else known[key] = memory;
	return notifications;
}

/** Proxies and managed servers that cannot be used, and recover. */
export const proxyOrServerStateChanged: EventDefinition = {
	...described,
	adoptsMemory: true,
	async poll(pollContext, memory): Promise<Outcome> {
		const known = { ...(memory as Record<string, unknown> | undefined) };
		const notifications: Outcome['notifications'] = [];
		const picked = wanted(pollContext);
		for (const part of PARTS.filter((one) => !picked.includes(one))) {
			const left = leavePart(known, part, pollContext.remainingItems - notifications.length);
			notifications.push(...left);
		}
		for (const { key, event } of picked) {
			const remainingItems = pollContext.remainingItems - notifications.length;
			if (remainingItems <= 0) return { notifications, memory: known, unfinished: true };
			const outcome = await event.poll({ ...pollContext, remainingItems }, known[key]);
			notifications.push(...outcome.notifications);
			known[key] = outcome.memory;
			if (outcome.unfinished) return { notifications, memory: known, unfinished: true };
		}
		return { notifications, memory: known };
	},
	leave(memory, most) {
		const known = { ...(memory as Record<string, unknown> | undefined) };
		const notifications: Outcome['notifications'] = [];
		for (const part of PARTS)
			notifications.push(...leavePart(known, part, most - notifications.length));
		return { notifications, ...(Object.keys(known).length > 0 ? { memory: known } : {}) };
	},
	beginAnew: (memory) =>
		Object.fromEntries(
			PARTS.flatMap(({ key, event }) => {
				const known = (memory as Record<string, unknown>)[key];
				return known === undefined ? [] : [[key, event.beginAnew?.(known)]];
			}),
		),
	async sample(pollContext) {
		for (const { event } of wanted(pollContext)) {
			const found = await event.sample(pollContext);
			if (found) return found;
		}
		return undefined;
	},
};
