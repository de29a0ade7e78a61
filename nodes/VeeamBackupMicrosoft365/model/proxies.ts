import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { word, type Deciding } from '../../shared/report/readable';
import { same } from '../api/read';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{
		operation: 'GET /Proxies',
		fields: ['id', 'hostName', 'fqdn', 'status', 'maintenanceModeState'],
		fallbacks: {
			fqdn: '`hostName` is the name',
			maintenanceModeState: 'not known: the condition is refused',
		},
	},
];

/** Backup proxy servers. */
export const PROXIES = '/Proxies';

/** What of a proxy decides. */
export const deciding: Deciding = { status: word('Online', 'Offline') };

/** Its host; v6 knows no full name. */
export const proxyName = ({ hostName, fqdn, id }: IDataObject): string =>
	textOf(hostName) ?? textOf(fqdn) ?? String(id);

/** Undefined where the record does not say. */
export const isOffline = ({ status }: IDataObject): boolean | undefined =>
	textOf(status) === undefined ? undefined : same(status, 'Offline');

/** On its way there or in it; undefined where the record, or its version (before v8), does not say. */
export const isInMaintenance = ({
	maintenanceModeState: state,
}: IDataObject): boolean | undefined =>
	textOf(state) === undefined ? undefined : !same(state, 'Disabled');
