import type { IDataObject } from 'n8n-workflow';

import { conditionsField, flag } from '../../shared/monitoring/conditions';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { isInMaintenance, isOffline, PROXIES, proxyName } from '../model/proxies';

const named = (record: IDataObject) => `Backup proxy "${proxyName(record)}"`;

const FIELD = 'proxyStateChangedConditions';

const offline = flag({
	field: FIELD,
	name: 'offline',
	is: isOffline,
	severity: 'error',
	named,
	problem: 'is offline',
	reminder: 'is still offline',
	recovered: 'is online again',
	current: ({ status, maintenanceModeState = null }) => ({ status, maintenanceModeState }),
});

const maintenance = flag({
	field: FIELD,
	name: 'maintenance',
	is: isInMaintenance,
	severity: 'info',
	named,
	problem: 'is in maintenance mode',
	reminder: 'is still in maintenance mode',
	recovered: 'is out of maintenance mode again',
	current: ({ maintenanceModeState, status }) => ({ maintenanceModeState, status }),
});

/** Backup proxies that go offline or into maintenance, and come back. */
export const proxyStateChanged = snapshotEvent(
	{
		value: 'proxyStateChanged',
		name: 'Proxy State Changed',
		action: 'On proxy offline or back online',
		description: 'A backup proxy goes offline or into maintenance mode, or comes back',
		fields: [
			conditionsField(
				FIELD,
				[
					{ name: 'In Maintenance Mode (API V8)', value: 'maintenance' },
					{ name: 'Offline', value: 'offline' },
				],
				['offline'],
			),
		],
		needs: {
			field: FIELD,
			parts: { maintenance: [`GET ${PROXIES}`, 'returns.maintenanceModeState'] },
		},
	},
	{
		type: 'Proxy',
		pages: (pollContext, from) => pollContext.pages({ method: 'GET', path: PROXIES }, { from }),
		object: (record) => ({ id: String(record.id), name: proxyName(record) }),
		conditions: [offline, maintenance],
	},
);
