import type {
	ReportActivity,
	ReportComponent,
	ReportConfigBackup,
	ReportExtent,
	ReportGrowth,
	ReportScaleOut,
	ReportServerFacts,
	ReportVerification,
} from './extraModel';
import type { ReportModel } from './model';
import type { Speech } from './speech';
import type { ReportRow, ReportTable, RowStatus } from './table';

/** Makes a table of a section, as `tablesOf` does. */
type MakeTable = <T extends object>(
	section: ReportTable['section'],
	all: T[],
	row: (item: T) => ReportRow,
) => ReportTable;

interface Forms {
	table: MakeTable;
	bare: (name: string, status: RowStatus, badge: string) => ReportRow;
	speech: Speech;
	/** A time in the report's zone. */
	at: (iso: string) => string;
	maxLines: number;
}

/** Tables of what is wrong, as far as the sections that are chosen say so. */
export function problemTables(model: ReportModel, forms: Forms): ReportTable[] {
	const { table, bare, speech, at } = forms;
	return [
		table('notBackedUp', model.notBackedUp ?? [], ({ name, host, platform, tenant }) => ({
			...bare(name, 'warning', speech.say('badgeNoBackup')),
			facts: [...of(tenant), speech.say('onHost', { host }), ...of(platform)],
		})),
		table('verifications', model.verifications ?? [], (one) => verificationRow(one, forms)),
		table('configBackup', model.configBackup ?? [], (one) => ({
			...bare(speech.say('title:configBackup'), one.status, configBackupBadge(one, speech)),
			facts: [
				...of(one.tenant),
				one.lastSuccess === undefined
					? speech.say('noSuccess')
					: speech.say('lastSuccessAt', { time: at(one.lastSuccess) }),
			],
		})),
		table('infrastructure', model.infrastructure ?? [], (one) => ({
			...bare(one.name, rowStatus(one), componentBadge(one, speech)),
			facts: [componentKind(one, speech), ...of(one.tenant)],
		})),
	];
}

export const scaleOutTable = (model: ReportModel, forms: Forms): ReportTable =>
	forms.table('scaleOut', model.scaleOut ?? [], (one) => scaleOutRow(one, forms));

/** Tables that are there to be read: nothing in them is right or wrong. */
export function factTables(model: ReportModel, forms: Forms): ReportTable[] {
	const { table, bare, speech, at } = forms;
	return [
		table('growth', model.growth ?? [], (one) => ({
			...bare(one.name ?? speech.say('allRepositories'), 'neutral', grownBadge(one, speech)),
			facts: [...of(one.tenant), ...growthFacts(one, speech, at)],
		})),
		table('activities', model.activities ?? [], (one) => activityRow(one, forms)),
		table('about', model.about ?? [], (one) => ({
			...bare(one.name ?? model.server, 'neutral', one.version ?? speech.say('badgeUnknown')),
			facts: [...of(one.tenant), ...serverFacts(one, speech)],
		})),
	];
}

const of = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

function verificationRow(one: ReportVerification, { bare, speech, at }: Forms): ReportRow {
	return {
		...bare(one.name, rowStatus(one), speech.term(one.state)),
		facts: [
			speech.say(`kind:${one.kind}`),
			...of(one.tenant),
			...(one.time ? [at(one.time)] : []),
			...((one.failures ?? 0) > 1 ? [speech.say('failures', { n: one.failures ?? 0 })] : []),
		],
		lines: one.reason ? [{ text: one.reason }] : [],
	};
}

/** A state that nobody can call good: a failover that runs, a proxy that is off on purpose. */
const rowStatus = (one: ReportVerification | ReportComponent): RowStatus =>
	one.status === 'good' && one.state !== 'Success' ? 'neutral' : one.status;

export const configBackupBadge = ({ state }: ReportConfigBackup, speech: Speech): string =>
	speech.say(
		(
			{
				enabled: 'badgeOk',
				disabled: 'state:Disabled',
				overdue: 'badgeOverdue',
				never: 'badgeNever',
			} as const
		)[state],
	);

/** "Backup proxy" */
export const componentKind = ({ kind, role }: ReportComponent, speech: Speech): string =>
	role === undefined ? speech.say(`kind:${kind}`) : speech.term(role);

export const componentBadge = ({ state }: ReportComponent, speech: Speech): string =>
	speech.say(
		(
			{
				offline: 'badgeOffline',
				unavailable: 'badgeUnavailable',
				outOfDate: 'badgeOutOfDate',
				disabled: 'state:Disabled',
				error: 'badgeError',
				warning: 'badgeWarning',
			} as const
		)[state],
	);

export const activityBadge = ({ state }: ReportActivity, speech: Speech): string =>
	state === undefined
		? speech.say('badgeInfo')
		: state === 'Canceled'
			? speech.say('badgeCanceled')
			: speech.say(`state:${state}`);

/** The result of a restore is a fact, no judgement of the report: neutral, whatever it is. */
function activityRow(one: ReportActivity, { bare, speech, at }: Forms): ReportRow {
	return {
		...bare(one.name || speech.term(one.kind), 'neutral', activityBadge(one, speech)),
		facts: [
			speech.term(one.kind),
			...of(one.tenant),
			...(one.user ? [speech.say('byUser', { user: one.user })] : []),
			speech.say('beganAt', { time: at(one.time) }),
			...(one.end ? [speech.say('endedAt', { time: at(one.end) })] : []),
		],
		lines: one.reason ? [{ text: one.reason }] : [],
	};
}

/** "+7.5 GB", "−2.0 GB"; empty where nothing is kept to compare with. */
export function grownBadge({ grownGB }: ReportGrowth, speech: Speech): string {
	if (grownGB === undefined) return '';
	const sign = grownGB < 0 ? '−' : grownGB > 0 ? '+' : '±';
	return `${sign}${speech.size(Math.abs(grownGB))}`;
}

export function growthFacts(
	{ usedGB, since, readGB, transferredGB }: ReportGrowth,
	speech: Speech,
	at: (iso: string) => string,
): string[] {
	return [
		usedGB === undefined
			? speech.say('sizeUnknown')
			: speech.say('usedSize', { size: speech.size(usedGB) }),
		...(since ? [speech.say('sinceTime', { time: at(since) })] : []),
		...sizeFacts({ readGB, transferredGB }, speech),
	];
}

/** "1.2 GB read", "0.4 GB transferred" */
export const sizeFacts = (
	{ readGB, transferredGB }: { readGB?: number; transferredGB?: number },
	speech: Speech,
): string[] => [
	...(readGB === undefined ? [] : [speech.say('readSize', { size: speech.size(readGB) })]),
	...(transferredGB === undefined
		? []
		: [speech.say('transferredSize', { size: speech.size(transferredGB) })]),
];

export function serverFacts(
	{ role, patches = [], database, platform, apiVersion }: ReportServerFacts,
	speech: Speech,
): string[] {
	return [
		...of(role),
		...of(platform),
		...(patches.length > 0 ? [speech.say('patches', { patches: speech.list(patches) })] : []),
		...(database ? [speech.say('database', { name: database })] : []),
		...(apiVersion ? [speech.say('apiVersion', { version: apiVersion })] : []),
	];
}

/** One line for each extent, as many as a job has objects. */
function scaleOutRow(
	{ name, status, tenant, capacityGB, freeGB, usedPercent, extents }: ReportScaleOut,
	{ bare, speech, maxLines }: Forms,
): ReportRow {
	const lines = extents
		.slice(0, maxLines)
		.map((extent) => ({ name: extent.name, text: speech.list(extentFacts(extent, speech)) }));
	return {
		...bare(name, status, speech.say(scaleOutBadge(status, usedPercent))),
		facts: [
			...of(tenant),
			capacityGB === undefined || freeGB === undefined
				? speech.say('sizeUnknown')
				: speech.say('freeOf', { free: speech.size(freeGB), capacity: speech.size(capacityGB) }),
			...(usedPercent === undefined
				? []
				: [speech.say('percentUsed', { n: Math.round(usedPercent) })]),
		],
		lines,
		moreLines: extents.length - lines.length,
		...(usedPercent === undefined
			? {}
			: { bar: { percent: Math.min(100, Math.max(0, Math.round(usedPercent))), status } }),
	};
}

export const scaleOutBadge = (status: ReportScaleOut['status'], usedPercent?: number) =>
	status !== 'good'
		? status === 'bad'
			? ('badgeTrouble' as const)
			: ('badgeLook' as const)
		: usedPercent === undefined
			? ('badgeUnknown' as const)
			: ('badgeOk' as const);

export const extentFacts = (
	{ tier, capacityGB, freeGB, online, modes }: ReportExtent,
	speech: Speech,
): string[] => [
	...(tier === undefined ? [] : [speech.say(`tier:${tier}`)]),
	...(online === false ? [speech.say('badgeOffline')] : []),
	...modes.map((mode) => speech.term(mode)),
	capacityGB === undefined || freeGB === undefined
		? speech.say('sizeUnknown')
		: speech.say('freeOf', { free: speech.size(freeGB), capacity: speech.size(capacityGB) }),
];
