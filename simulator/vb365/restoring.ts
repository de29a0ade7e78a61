import { derived, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import * as content from './content';
import type { Estate } from './estate';
import { ORGANIZATIONS } from './estate/organizations';
import { pageOf } from './jobs';
import { slice } from './pages';
import { eventRecord, isStopped, openRestore, restoreRecord, type Restore } from './restores';
import { at } from './versions';

const SESSION = '/RestoreSessions/{restoreSessionId}';

/** What each list below a restore session holds, with the field that names its records. */
const LISTS: Record<string, [make: content.ContentMaker, key?: string]> = {
	'/organization/mailboxes': [content.mailboxes],
	'/organization/mailboxes/{mailboxId}/folders': [content.folders],
	'/organization/mailboxes/{mailboxId}/items': [content.mails],
	'/Organization/OneDrives': [content.oneDrives],
	'/Organization/OneDrives/{oneDriveId}/Documents': [content.oneDriveDocuments],
	'/Organization/Sites': [content.sites],
	'/Organization/Sites/{siteId}/Documents': [content.siteDocuments],
	'/organization/teams': [content.teams],
	'/organization/teams/{teamId}/channels': [content.channels],
	'/organization/teams/{teamId}/posts': [content.posts, 'postId'],
	'/organization/teams/{teamId}/files': [content.teamFiles],
};

const teamSearch: content.ContentMaker = (restore, params) => [
	...content.posts(restore, params),
	...content.teamFiles(restore, params),
];
const allTeams: content.ContentMaker = (restore, params) =>
	content
		.teams(restore, params)
		.flatMap(({ id }) => teamSearch(restore, { ...params, teamId: String(id) }));

/** Where each search looks. */
const SEARCHES: Record<string, content.ContentMaker> = {
	'/organization/searchExchange': content.allMails,
	'/organization/mailboxes/search': content.allMails,
	'/organization/mailboxes/{mailboxId}/search': content.mails,
	'/organization/mailboxes/{mailboxId}/folders/{folderId}/search': content.mails,
	'/Organization/OneDrives/search': content.allOneDriveDocuments,
	'/Organization/OneDrives/{oneDriveId}/search': content.oneDriveDocuments,
	'/Organization/OneDrives/{oneDriveId}/Folders/{folderId}/search': content.oneDriveDocuments,
	'/Organization/Sites/search': content.allSiteDocuments,
	'/Organization/Sites/{siteId}/search': content.siteDocuments,
	'/Organization/Sites/{siteId}/Folders/{folderId}/search': content.siteDocuments,
	'/Organization/Sites/{siteId}/Libraries/{libraryId}/search': content.siteDocuments,
	'/Organization/Sites/{siteId}/Lists/{listId}/search': content.siteDocuments,
	'/organization/searchTeams': allTeams,
	'/organization/teams/{teamId}/search': teamSearch,
	'/organization/teams/{teamId}/channels/{channelId}/search': teamSearch,
	'/organization/teams/{teamId}/posts/search': content.posts,
	'/organization/teams/{teamId}/files/search': content.teamFiles,
};

export function restoreOf(estate: Estate, params: Record<string, string>): Restore {
	const id = params.restoreSessionId ?? '';
	const restore = estate.restores.get(id.toLowerCase());
	if (!restore) throw new Refused({ because: 'notFound', what: 'Restore session', id });
	return restore;
}

export function restoreCollections(estate: Estate): Record<string, CollectionMaker> {
	const lists = Object.entries(LISTS).map(([path, [make, key]]): [string, CollectionMaker] => [
		at(`${SESSION}${path}`),
		(params) => derived(() => make(restoreOf(estate, params), params), key),
	]);
	return {
		...Object.fromEntries(lists),
		[at('/RestoreSessions')]: () => ({
			key: 'id',
			list: () =>
				[...estate.restores.values()]
					.sort((a, b) => b.created - a.created)
					.map((restore) => restoreRecord(restore, estate.now)),
			get: (id: string) => {
				const restore = estate.restores.get(id.toLowerCase());
				return restore && restoreRecord(restore, estate.now);
			},
		}),
		[at(`${SESSION}/Events`)]: (params) =>
			derived(() => {
				const restore = restoreOf(estate, params);
				return restore.events.map((event) => eventRecord(restore, event, estate.now));
			}),
	};
}

export function restoreHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	const explore =
		(organizationOf: (call: Call) => unknown, scopeOf: (call: Call) => unknown) =>
		(call: Call): Answer => {
			const known = ORGANIZATIONS.findIndex(({ id }) => id === organizationOf(call));
			const organization = Math.max(0, known);
			const restore = openRestore({
				type: String((call.body as Item | undefined)?.type ?? 'Vex'),
				organization,
				organizationName: ORGANIZATIONS[organization]?.name ?? '',
				scopeName: String(scopeOf(call)),
				created: estate.now,
				initiatedBy: `VBO01\\${call.user?.name}`,
			});
			estate.restores.set(restore.id, restore);
			estate.events.add('RestoreSessionUpdate', restore.id);
			return { body: restoreRecord(restore, estate.now) };
		};
	const ofOrganization = explore(
		({ params }) => params.organizationId,
		({ params }) => estate.organizations.get(params.organizationId ?? '')?.name,
	);
	const own = explore(
		() => ORGANIZATIONS[0]?.id,
		() => ORGANIZATIONS[0]?.name,
	);
	const searches = Object.entries(SEARCHES).map(([path, make]) => [
		`POST ${SESSION}${path}`,
		(call: Call): Answer => {
			const items = make(restoreOf(estate, call.params), call.params);
			const inFolder = call.params.folderId;
			const there = items.filter(({ folderId }) => !inFolder || !folderId || folderId === inFolder);
			return pageOf(found(there, call.body), call, slice);
		},
	]);
	return {
		...Object.fromEntries(searches),
		'POST /Organizations/{organizationId}/explore': ofOrganization,
		'POST /Organization/Explore': own,
		'POST /Organization/OperatorExplore': own,
		'POST /DataRetrievals/{dataRetrievalId}/explore': own,
		'POST /Jobs/{jobId}/explore': explore(
			({ params }) => estate.jobs.get(params.jobId ?? '')?.organizationId,
			({ params }) => estate.jobs.get(params.jobId ?? '')?.name,
		),
		'POST /BackupRepositories/{repositoryId}/explore': explore(
			({ query }) => query.organizationId,
			({ params }) => estate.repositories.get(params.repositoryId ?? '')?.name,
		),
		[`POST ${SESSION}/Stop`]: ({ params }) => {
			const restore = restoreOf(estate, params);
			if (!isStopped(restore, estate.now)) restore.stopped = estate.now;
			estate.events.add('RestoreSessionUpdate', restore.id);
			return {};
		},
	};
}

/** Items of which a text holds every word that is looked for; `subject:` and the like are ignored. */
function found(items: Item[], body: unknown): Item[] {
	const words = String((body as Item | undefined)?.query ?? '')
		.toLowerCase()
		.split(/\s+/)
		.map((word) => word.replace(/^\w+:/, '').replace(/["*]/g, ''))
		.filter(Boolean);
	return items.filter((item) => {
		const texts = ['subject', 'name', 'title', 'displayName', 'from', 'to', 'author', 'email'];
		const text = texts.map((field) => String(item[field] ?? '').toLowerCase()).join(' ');
		return words.every((word) => text.includes(word));
	});
}
