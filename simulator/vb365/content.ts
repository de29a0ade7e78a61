import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { numberFor, pickFor, uuidFor } from '../foundation/random';
import {
	ORGANIZATIONS,
	siteRecords,
	teamRecords,
	userRecord,
	type Organization,
} from './estate/organizations';
import type { Restore } from './restores';

/** What lies in the backups that a restore session has opened. The same in every session. */

const FOLDERS: Array<[name: string, category: string, type: string]> = [
	['Inbox', 'Inbox', 'None'],
	['Sent Items', 'Sent', 'None'],
	['Deleted Items', 'Deleted', 'None'],
	['Calendar', 'None', 'Appointment'],
];
const SUBJECTS = [
	'Quarterly report',
	'Invoice 4711',
	'Meeting minutes',
	'Holiday schedule',
	'Offer for the new office',
	'Re: Migration plan',
];
const DOCUMENTS = ['Budget 2026.xlsx', 'Roadmap.pptx', 'Contract.docx', 'Notes.txt'];

/** @param path of the list below the session, in lower case, without ids */
export type ContentMaker = (restore: Restore, params: Record<string, string>) => Item[];

function organizationOf(restore: Restore): Organization {
	return ORGANIZATIONS[restore.organization] ?? (ORGANIZATIONS[0] as Organization);
}

function users(organization: Organization): Item[] {
	const kept = organization.users.length - organization.unprotected;
	return organization.users.slice(0, kept).map((name) => userRecord(organization, name));
}

export const mailboxes: ContentMaker = (restore) =>
	users(organizationOf(restore)).map(({ name, displayName }) => {
		const id = uuidFor(`mailbox/${String(name)}`);
		const _links = {
			folders: { href: `/~/RestoreSessions/${restore.id}/organization/mailboxes/${id}/folders` },
		};
		return {
			id,
			name: displayName,
			email: name,
			isArchive: false,
			isPublic: false,
			_links,
			_actions: {},
		};
	});

export const folders: ContentMaker = (_, { mailboxId = '' }) =>
	FOLDERS.map(([name, category, type]) => ({
		id: uuidFor(`folder/${mailboxId}/${name}`),
		name,
		type,
		category,
		description: '',
		mailboxId,
		_links: {},
		_actions: {},
	}));

export const mails: ContentMaker = (restore, params) =>
	folders(restore, params).flatMap(({ id: folderId, category }) =>
		SUBJECTS.map((subject, index) => {
			const seed = `${String(folderId)}/${index}`;
			const sent = iso(restore.created - numberFor(seed, 1, 300) * 3_600_000);
			return {
				id: uuidFor(`mail/${seed}`),
				mailboxId: params.mailboxId,
				folderId,
				parentId: folderId,
				from:
					category === 'Sent'
						? 'me@example.lab'
						: `${pickFor(seed, ['anna', 'bruno', 'chen'])}@partner.example`,
				cc: '',
				bcc: '',
				to: 'me@example.lab',
				sent,
				received: sent,
				reminder: false,
				attachments: index % 3 === 0 ? [{ name: 'Attachment.pdf', sizeBytes: 48_200 }] : [],
				subject,
				itemClass: 'IPM.Note',
				importance: index === 1 ? 'High' : 'Normal',
				_links: {},
				_actions: {},
			};
		}),
	);

export const allMails: ContentMaker = (restore, params) =>
	mailboxes(restore, params).flatMap(({ id }) =>
		mails(restore, { ...params, mailboxId: String(id) }),
	);

export const oneDrives: ContentMaker = (restore) =>
	users(organizationOf(restore)).map(({ name, displayName }) => ({
		id: uuidFor(`onedrive/${String(name)}`),
		name: displayName,
		url: `https://example-my.sharepoint.com/personal/${String(name).replace(/\W/g, '_')}`,
		_links: {},
	}));

const documentsIn = (owner: string, restore: Restore, rest: Item): Item[] =>
	DOCUMENTS.map((name, index) => ({
		...rest,
		sizeBytes: numberFor(`${owner}/${name}`, 10, 4000) * 1024,
		inheritedPermissions: true,
		version: '1.0',
		versionId: 512,
		id: uuidFor(`document/${owner}/${name}`),
		name,
		title: name,
		createdBy: 'Ada Winter',
		creationTime: iso(restore.created - (index + 20) * 86_400_000),
		modifiedBy: 'Ben Okafor',
		modificationTime: iso(restore.created - (index + 1) * 86_400_000),
		isFolder: false,
		_links: {},
	}));

export const oneDriveDocuments: ContentMaker = (restore, { oneDriveId = '' }) =>
	documentsIn(oneDriveId, restore, { oneDriveId });

export const allOneDriveDocuments: ContentMaker = (restore, params) =>
	oneDrives(restore, params).flatMap(({ id }) =>
		oneDriveDocuments(restore, { ...params, oneDriveId: String(id) }),
	);

export const sites: ContentMaker = (restore) =>
	siteRecords(organizationOf(restore)).map(({ id, title, url }) => ({
		id,
		name: title,
		url,
		_links: {},
	}));

export const siteDocuments: ContentMaker = (restore, { siteId = '' }) =>
	documentsIn(siteId, restore, { siteId });

export const allSiteDocuments: ContentMaker = (restore, params) =>
	sites(restore, params).flatMap(({ id }) =>
		siteDocuments(restore, { ...params, siteId: String(id) }),
	);

export const teams: ContentMaker = (restore) =>
	teamRecords(organizationOf(restore)).map(({ id, displayName, description, mail }) => ({
		id,
		displayName,
		description,
		groupEmail: mail,
		alias: String(mail).split('@')[0],
		privacy: 'Private',
		settings: {},
		isArchived: false,
		_links: {},
	}));

export const channels: ContentMaker = (_, { teamId = '' }) =>
	['General', 'Planning'].map((displayName) => ({
		id: uuidFor(`channel/${teamId}/${displayName}`),
		displayName,
		teamId,
		type: 'Standard',
		_links: {},
	}));

export const posts: ContentMaker = (restore, params) =>
	channels(restore, params).flatMap(({ id: channelId }) =>
		SUBJECTS.map((subject, index) => ({
			postId: `${1_700_000_000_000 + numberFor(`${String(channelId)}/${index}`, 1, 999_999)}`,
			changeKey: '1',
			isImportant: index === 1,
			author: 'Ada Winter',
			subject,
			createdTime: iso(restore.created - (index + 1) * 3_600_000),
			lastModifiedTime: iso(restore.created - (index + 1) * 3_600_000),
			isDeleted: false,
			channelId,
			teamId: params.teamId,
			parentId: null,
			parentChangeKey: '',
			attachments: [],
			_links: {},
		})),
	);

export const teamFiles: ContentMaker = (restore, params) =>
	channels(restore, params).flatMap(({ id: channelId }) =>
		DOCUMENTS.map((name) => ({
			id: uuidFor(`teamfile/${String(channelId)}/${name}`),
			name,
			sizeBytes: numberFor(`${String(channelId)}/${name}`, 10, 900) * 1024,
			version: 1,
			uiVersion: '1.0',
			modified: iso(restore.created - 86_400_000),
			modifiedBy: 'Ada Winter',
			channelId,
			teamId: params.teamId,
			fileType: 'File',
			_links: {},
		})),
	);
