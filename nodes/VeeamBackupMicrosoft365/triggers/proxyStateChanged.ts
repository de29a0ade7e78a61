import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import { listOf } from '../../shared/monitoring/options';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { isInMaintenance, isOffline, PROXIES, proxyName } from '../model/proxies';
import { refuseUnknown } from './conditions';

const named = (record: IDataObject) => `Backup proxy "${proxyName(record)}"`;

const isWanted = (name: string) => (options: IDataObject) =>
	listOf(options.proxyStateChangedConditions).includes(name);

const levelOf = (wrong: boolean | undefined): number | undefined =>
	wrong === undefined ? undefined : Number(wrong);

const offline: Condition = {
	name: 'offline',
	isWanted: isWanted('offline'),
	level: (record) => levelOf(isOffline(record)),
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
	level: (record) => levelOf(isInMaintenance(record)),
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
				maintenance: [`GET ${PROXIES}`, 'returns.maintenanceModeState'],
			});
			return pollContext.pages({ method: 'GET', path: PROXIES }, { from });
		},
		object: (record) => ({ id: String(record.id), name: proxyName(record) }),
		conditions: [offline, maintenance],
	},
);
