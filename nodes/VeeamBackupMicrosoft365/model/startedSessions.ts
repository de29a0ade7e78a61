import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { same } from '../api/read';
import { RESTORE_SESSIONS, restoreTitle } from './restoreSessions';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{
		operation: 'GET /DataRetrievalSessions',
		fields: ['id', 'name', 'type', 'creationTime', 'endTime', 'status'],
	},
	{
		operation: 'GET /RepositoryOwnerChangeSessions',
		fields: ['id', 'startTime', 'endTime', 'status', 'repositoryIds'],
		without: 'the choice is refused where it is the only one, else left out',
	},
];

/** A list of sessions that tells when each of them began. */
export interface StartedSessions {
	path: string;
	/** "Restore Session" */
	objectType: string;
	/** Query by which the server leaves out what began before; without it the list comes whole. */
	since?: string;
	startTime(session: IDataObject): unknown;
	/** What began, and by whom where the server says so: `Teams restore session "Ada" by HOST\user`. */
	title(session: IDataObject): string;
}

/** Something that a user can pick: the sessions of one list with one type. */
export interface SessionKind {
	/** "Exchange Restore" */
	name: string;
	list: keyof typeof STARTED_SESSIONS;
	/** The server's word in `type`; without it all of the list. */
	type?: string;
	/** It reads data of others, or destroys some. */
	isSensitive: boolean;
}

const named = (what: string, name: unknown): string =>
	textOf(name) === undefined ? what : `${what} "${textOf(name)}"`;

const RETRIEVALS: Array<[type: string, what: string]> = [
	['Retrieve', 'Data retrieval'],
	['RetrievalRemoving', 'Removal of retrieved data'],
	['RetrievalChangeAvailabilityPeriodDays', 'Change of the availability period'],
];

/** v6 writes one of these words with a comma at its end. */
const retrievalType = (type: unknown): string => (textOf(type) ?? '').replace(/,$/, '');

/**
 * Neither the deletion of backups nor changes of the configuration have sessions in this API, but for
 * the change of a repository's owner (v8).
 */
export const STARTED_SESSIONS = {
	restores: {
		path: RESTORE_SESSIONS,
		objectType: 'Restore Session',
		since: 'startTimeFrom',
		startTime: ({ creationTime }) => creationTime,
		title: restoreTitle,
	},
	retrievals: {
		path: '/DataRetrievalSessions',
		objectType: 'Data Retrieval Session',
		startTime: ({ creationTime }) => creationTime,
		title: ({ type, name }) => {
			const found = RETRIEVALS.find(([word]) => same(retrievalType(type), word));
			return named(found?.[1] ?? 'Data retrieval session', name);
		},
	},
	ownerChanges: {
		path: '/RepositoryOwnerChangeSessions',
		objectType: 'Repository Owner Change',
		startTime: ({ startTime }) => startTime,
		title: ({ repositoryIds }) => {
			const count = Array.isArray(repositoryIds) ? repositoryIds.length : 0;
			return `Change of owner of ${count === 1 ? 'a repository' : `${count} repositories`}`;
		},
	},
} satisfies Record<string, StartedSessions>;

/** By the value of the choice. */
export const SESSION_KINDS: Record<string, SessionKind> = {
	retrieval: {
		name: 'Data Retrieval',
		list: 'retrievals',
		type: 'Retrieve',
		isSensitive: true,
	},
	exchangeRestore: { name: 'Exchange Restore', list: 'restores', type: 'Vex', isSensitive: true },
	oneDriveRestore: { name: 'OneDrive Restore', list: 'restores', type: 'Veod', isSensitive: true },
	ownerChange: {
		name: 'Repository Owner Change (API V8)',
		list: 'ownerChanges',
		isSensitive: false,
	},
	retrievalPeriod: {
		name: 'Retrieval Period Change',
		list: 'retrievals',
		type: 'RetrievalChangeAvailabilityPeriodDays',
		isSensitive: false,
	},
	retrievalRemoval: {
		name: 'Retrieved Data Removal',
		list: 'retrievals',
		type: 'RetrievalRemoving',
		isSensitive: true,
	},
	sharePointRestore: {
		name: 'SharePoint Restore',
		list: 'restores',
		type: 'Vesp',
		isSensitive: true,
	},
	teamsRestore: { name: 'Teams Restore', list: 'restores', type: 'Vet', isSensitive: true },
};

/** The choice that a session of a list belongs to; undefined for a type that no version has today. */
export const kindOfSession = (list: SessionKind['list'], { type }: IDataObject) =>
	Object.entries(SESSION_KINDS).find(
		([, kind]) =>
			kind.list === list && (kind.type === undefined || same(retrievalType(type), kind.type)),
	)?.[0];
