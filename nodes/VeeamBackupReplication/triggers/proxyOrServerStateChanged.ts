import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { partsEvent, type Part } from '../../shared/monitoring/parts';
import type { EventDefinition } from '../../shared/monitoring/types';
import { isKnown } from '../model/catalogueFacts';
import { isUnavailable, PATH as SERVERS } from '../model/managedServers';
import { PATH as PROXIES, proxyOf } from '../model/proxies';
import { nameOf } from '../model/text';
import { conditionsField, flag, not } from '../../shared/monitoring/conditions';
import { byName } from './nameOptions';

const FIELD = 'proxyOrServerConditions';

const PROXY_CONDITIONS = ['disabled', 'offline', 'outOfDate'];

const proxy = (record: IDataObject) => `Proxy "${nameOf(record)}"`;
const server = (record: IDataObject) => `Managed server "${nameOf(record)}"`;

const described: Omit<EventDefinition, 'poll' | 'sample'> = {
	value: 'proxyOrServerStateChanged',
	name: 'Proxy or Managed Server State Changed',
	action: 'On proxy or managed server unavailable or recovered',
	short: 'Proxy or Server',
	description:
		'A backup proxy is offline, out of date or disabled, a managed server is unavailable, or one of them has recovered',
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
	needs: {
		field: FIELD,
		parts: {
			...Object.fromEntries(PROXY_CONDITIONS.map((one) => [one, [`GET ${PROXIES}`] as const])),
			unavailable: [`GET ${SERVERS}`, 'returns.status'],
		},
	},
};

const proxies = snapshotEvent(described, {
	type: 'Proxy',
	pages: (pollContext, from) =>
		pollContext.pages({ method: 'GET', path: PROXIES }, { from, pageSize: 10_000 }),
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

/** Two lists in one event. */
const part = (
	name: string,
	path: string,
	event: EventDefinition,
	key: string,
	conditions: string[],
): Part => ({
	key,
	event,
	list: {
		id: `${described.value}/${key}`,
		name,
		path,
		advice: `Take the conditions of ${name.toLowerCase()} out of the event, or let the user of the credential read them.`,
	},
	isWanted: (pollContext) =>
		conditions.some((one) => listOf(pollContext.options[FIELD]).includes(one)) &&
		isKnown(pollContext, `GET ${path}`),
});

/** Proxies and managed servers that cannot be used, and recover. */
export const proxyOrServerStateChanged: EventDefinition = partsEvent(described, [
	// A version without the list does not watch it, and says so.
	part('Proxies', PROXIES, proxies, 'proxies', PROXY_CONDITIONS),
	part('Managed Servers', SERVERS, servers, 'servers', ['unavailable']),
]);
