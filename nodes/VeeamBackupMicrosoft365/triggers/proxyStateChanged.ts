import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import { listOf } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { same } from '../api/read';
import { refuseUnknown } from './conditions';
import { textOf } from '../model/lookups';

const nameOf = ({ hostName, fqdn, id }: IDataObject): string =>
	textOf(hostName) ?? textOf(fqdn) ?? String(id);

const named = (record: IDataObject) => `Backup proxy "${nameOf(record)}"`;

const isWanted = (name: string) => (options: IDataObject) =>
	listOf(options.proxyStateChangedConditions).includes(name);

const offline: Condition = {
	name: 'offline',
	isWanted: isWanted('offline'),
	level: ({ status }) => (textOf(status) ? Number(same(status, 'Offline')) : undefined),
	severity: () => 'error',
	message: (record, transition) =>
		({
			recovered: `${named(record)} is online again.`,
			reminder: `${named(record)} is still offline.`,
		})[transition as string] ?? `${named(record)} is offline.`,
	current: ({ status, maintenanceModeState = null }) => ({ status, maintenanceModeState }),
};

const maintenance: Condition = {
	name: 'maintenance',
	isWanted: isWanted('maintenance'),
	level: ({ maintenanceModeState: state }) =>
		textOf(state) ? Number(!same(state, 'Disabled')) : undefined,
	severity: () => 'info',
	message: (record, transition) =>
		({
			recovered: `${named(record)} is out of maintenance mode again.`,
			reminder: `${named(record)} is still in maintenance mode.`,
		})[transition as string] ?? `${named(record)} is in maintenance mode.`,
	current: ({ maintenanceModeState, status }) => ({ maintenanceModeState, status }),
};

/** Backup proxies that go offline or into maintenance, and come back. */
export const proxyStateChanged = snapshotEvent(
	{
		value: 'proxyStateChanged',
		name: 'Proxy State Changed',
		description: 'A backup proxy goes offline or into maintenance mode, or comes back',
		fields: [
			{
				displayName: 'Conditions',
				name: 'proxyStateChangedConditions',
				type: 'multiOptions',
				options: [
					{ name: 'In Maintenance Mode (API V8)', value: 'maintenance' },
					{ name: 'Offline', value: 'offline' },
				],
				default: ['offline'],
				description: 'What counts as a problem',
			},
		],
	},
	{
		type: 'Proxy',
		pages: (pollContext, from) => {
			refuseUnknown(pollContext, listOf(pollContext.options.proxyStateChangedConditions), {
				maintenance: 8,
			});
			return pollContext.pages({ method: 'GET', path: '/Proxies' }, { from });
		},
		object: (record) => ({ id: String(record.id), name: nameOf(record) }),
		conditions: [offline, maintenance],
	},
);
