import type { OperationName } from '../../shared/form/overlay';

/**
 * Names of what can be done with the things in a restore session. Each kind of thing has the same
 * verbs, for one, for many and for an earlier version: written once, and said for each kind.
 */

interface Kind {
	/** Path of the list, below the restore session. */
	path: string;
	/** Placeholder of one of them. */
	id: string;
	/** As part of a sentence: "OneDrive document". */
	one: string;
	many: string;
	/** A search brings these, and not what is inside of them. */
	found?: true;
}

/** Last segments of paths: the name, and the same as the start and the end of a sentence. */
const VERBS: Record<string, [name: string, start: string, end: string]> = {
	copyTo: ['Copy', 'Copy', ''],
	exportToPst: ['Export to PST', 'Export', 'to PST'],
	operatorRestore: ['Restore as Operator', 'Restore', 'as a restore operator'],
	restore: ['Restore', 'Restore', ''],
	Restore: ['Restore', 'Restore', ''],
	restoreTo: ['Restore to Another Location', 'Restore', 'to another location'],
	RestoreTo: ['Restore to Another Location', 'Restore', 'to another location'],
	save: ['Save as File', 'Save', 'as a file'],
	Save: ['Save as File', 'Save', 'as a file'],
	send: ['Send by Email', 'Send', 'by email'],
	export: ['Export as File', 'Export', 'as a file'],
	sendToDefaultAddress: ['Send to Original Mailbox', 'Send', 'to the original mailbox'],
	sendToDifferentAddress: ['Send to Another Mailbox', 'Send', 'to another mailbox'],
};

const ROOT = 'RestoreSessions/{restoreSessionId}';
const ONE_DRIVE = 'Organization/OneDrives';
const SITE = 'Organization/Sites';
const MAILBOX = 'organization/mailboxes';
const TEAM = 'organization/teams';

const KINDS: Kind[] = [
	{ path: MAILBOX, id: 'mailboxId', one: 'mailbox', many: 'mailboxes' },
	{
		path: `${MAILBOX}/{mailboxId}/folders`,
		id: 'folderId',
		one: 'mailbox folder',
		many: 'mailbox folders',
	},
	{
		path: `${MAILBOX}/{mailboxId}/items`,
		id: 'itemId',
		one: 'mailbox item',
		many: 'mailbox items',
	},
	{ path: ONE_DRIVE, id: 'oneDriveId', one: 'OneDrive', many: 'OneDrives' },
	{
		path: `${ONE_DRIVE}/{oneDriveId}/Documents`,
		id: 'documentId',
		one: 'OneDrive document',
		many: 'OneDrive documents',
	},
	{
		path: `${ONE_DRIVE}/{oneDriveId}/Folders`,
		id: 'folderId',
		one: 'OneDrive folder',
		many: 'OneDrive folders',
	},
	{ path: SITE, id: 'siteId', one: 'SharePoint site', many: 'SharePoint sites' },
	{
		path: `${SITE}/{siteId}/Documents`,
		id: 'documentId',
		one: 'SharePoint document',
		many: 'SharePoint documents',
	},
	{
		path: `${SITE}/{siteId}/Folders`,
		id: 'folderId',
		one: 'SharePoint folder',
		many: 'SharePoint folders',
	},
	{
		path: `${SITE}/{siteId}/Items`,
		id: 'itemId',
		one: 'SharePoint item',
		many: 'SharePoint items',
	},
	{
		path: `${SITE}/{siteId}/Items/{itemId}/Attachments`,
		id: 'attachmentId',
		one: 'SharePoint attachment',
		many: 'SharePoint attachments',
	},
	{
		path: `${SITE}/{siteId}/Libraries`,
		id: 'libraryId',
		one: 'SharePoint library',
		many: 'SharePoint libraries',
	},
	{
		path: `${SITE}/{siteId}/Lists`,
		id: 'listId',
		one: 'SharePoint list',
		many: 'SharePoint lists',
	},
	{ path: TEAM, id: 'teamId', one: 'team', many: 'teams' },
	{
		path: `${TEAM}/{teamId}/channels`,
		id: 'channelId',
		one: 'team channel',
		many: 'team channels',
	},
	{
		path: `${TEAM}/{teamId}/channels/{channelId}/files`,
		id: 'fileId',
		one: 'channel file',
		many: 'channel files',
	},
	{
		path: `${TEAM}/{teamId}/files`,
		id: 'fileId',
		one: 'team file',
		many: 'team files',
		found: true,
	},
	{
		path: `${TEAM}/{teamId}/posts`,
		id: 'postId',
		one: 'team post',
		many: 'team posts',
		found: true,
	},
	{
		path: `${TEAM}/{teamId}/channels/{channelId}/tabs`,
		id: 'tabId',
		one: 'team tab',
		many: 'team tabs',
		found: true,
	},
];

const article = (noun: string): string =>
	/^(?!one)[aeio]/i.test(noun) ? `an ${noun}` : `a ${noun}`;

/** "Restore Many to Another Location" of `Restore to Another Location`. */
const withWord = ([name, start]: [string, string, string], word: string): string =>
	`${start} ${word}${name.slice(start.length)}`;

function namesOf({ path, id, one, many, found }: Kind): Record<string, OperationName> {
	const list = `${ROOT}/${path}`;
	const names: Record<string, OperationName> = {
		[`GET ${list}`]: ['Get Many', `Get many ${many}`],
		[`GET ${list}/{${id}}`]: ['Get', `Get ${article(one)}`],
		[`GET ${list}/{${id}}/Versions`]: ['Get Many Versions', `Get many versions of ${article(one)}`],
		[`GET ${list}/{${id}}/versions`]: ['Get Many Versions', `Get many versions of ${article(one)}`],
		[`GET ${list}/{${id}}/Versions/{versionId}`]: [
			'Get Version',
			`Get a version of ${article(one)}`,
		],
		[`POST ${list}/search`]: found
			? ['Search', `Search ${many}`]
			: ['Search in Many', `Search in many ${many}`],
		[`POST ${list}/{${id}}/search`]: ['Search', `Search in ${article(one)}`],
	};
	for (const [segment, verb] of Object.entries(VERBS)) {
		const [name, start, end] = verb;
		const say = (object: string) => [start, object, end].filter(Boolean).join(' ');
		names[`POST ${list}/{${id}}/${segment}`] = [name, say(article(one))];
		names[`POST ${list}/${segment}`] = [withWord(verb, 'Many'), say(`many ${many}`)];
		names[`POST ${list}/{${id}}/Versions/{versionId}/${segment}`] = [
			withWord(verb, 'Version'),
			say(`a version of ${article(one)}`),
		];
	}
	return names;
}

export const restores: Record<string, OperationName> = Object.assign({}, ...KINDS.map(namesOf));
