import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { textOf } from './text';

/** Whole jobs, with all their settings: about 10 KB each. */
export const PATH = '/api/v1/jobs';

/** Fields that jobs of Entra ID alone have. */
const ENTRA_ID = [
	...['encryption', 'retentionPolicy', 'backupRepositoryId', 'useCustomRetention'],
	...['useCustomEncryption', 'jobSettings'],
];

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			...['id', 'name', 'type', 'schedule', 'storage', 'guestProcessing', ...ENTRA_ID],
			...['target', 'backupRepository', 'archiveRepository', 'gfsPolicy'],
			'secondaryTargets',
		],
		fallbacks: {
			target: 'backup copies are not listed before 1.3-rev0',
			backupRepository: 'jobs of file shares and object storage are not listed before 1.3-rev1',
			archiveRepository: 'jobs of file shares and object storage are not listed before 1.3-rev1',
			gfsPolicy: 'copies of file backups keep no long-term points before 1.3-rev2',
			secondaryTargets: 'not known: no version before 1.3-rev2 has them',
			...Object.fromEntries(
				ENTRA_ID.map((field) => [field, 'jobs of Entra ID are not listed before 1.2-rev1']),
			),
		},
	},
];

/** What settings of a job are about, as users pick it. */
export const ASPECTS = [
	'encryption',
	'guestProcessing',
	'repository',
	'retention',
	'schedule',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Settings by their path: `storage.retentionPolicy.quantity`. */
export type Settings = Record<string, string | number | boolean>;

/** Parts of a path that say what a setting is about. */
const ABOUT: Array<[Aspect, RegExp]> = [
	['encryption', /(^|\.)(encryption\.|useCustomEncryption$)/],
	['guestProcessing', /^guestProcessing\./],
	['schedule', /^schedule\./],
	[
		'retention',
		/(^|\.)(retentionPolicy|archiveRetentionPolicy|gfsPolicy|snapshotImmutabilityOptions)\.|(^|\.)(useCustomRetention|restorePointsToKeep)$/,
	],
	['repository', /(^|\.)(backup|archive|metadata)RepositoryId$|^storage\.destination\./],
];

const SECRET = /pass(word|phrase)|secret|token|private|key$/i;

/** Ids and kinds of a secret are none. */
const HARMLESS = /(Id|Ids|Type)$/;

/** Where a machine is, what it is doing and how big it is are no settings of the job. */
const MACHINE = 'vmObject';

/**
 * The settings of a job by what they are about. Passwords, keys and the contents of credentials are left
 * out, ids of them are not. Of machines in a list there is the name alone: where they are and what they
 * do changes by itself.
 *
 * @returns an aspect of which the record says nothing is missing
 */
export function settingsOf(job: IDataObject): Partial<Record<Aspect, Settings>> {
	const found: Partial<Record<Aspect, Settings>> = {};
	visit(job, '', false, (path, value) => {
		const plain = path.replace(/\[[^\]]*\]/g, '');
		const aspect = ABOUT.find(([, about]) => about.test(plain))?.[0];
		if (aspect) (found[aspect] ??= {})[path] = value;
	});
	return found;
}

function visit(
	value: unknown,
	path: string,
	isCredential: boolean,
	add: (path: string, value: string | number | boolean) => void,
): void {
	const name = path.replace(/^.*\./, '').replace(/\[[^\]]*\]$/, '');
	if (Array.isArray(value)) {
		const elements = value.filter((one) => one !== null && one !== undefined);
		const keys = elements.map((one) => keyOf(one)).sort();
		// In whatever order: servers do not keep one.
		add(path, keys.join(', '));
		elements.forEach((one) => {
			if (typeof one === 'object') visit(one, `${path}[${keyOf(one)}]`, isCredential, add);
		});
		return;
	}
	if (typeof value === 'object' && value !== null) {
		if (name === MACHINE) return;
		const secret = isCredential || /credentials?$/i.test(name);
		for (const [field, one] of Object.entries(value))
			visit(one, path === '' ? field : `${path}.${field}`, secret, add);
		return;
	}
	if (!['string', 'number', 'boolean'].includes(typeof value)) return;
	const isPlain = typeof value === 'boolean' || HARMLESS.test(name);
	if (!isPlain && (isCredential || SECRET.test(name))) return;
	add(path, value as string | number | boolean);
}

/** What tells an element of a list from the others. */
function keyOf(element: unknown): string {
	if (typeof element !== 'object' || element === null) return String(element);
	const record = element as IDataObject;
	const machine = record[MACHINE] as IDataObject | null | undefined;
	for (const one of [machine?.name, record.backupRepositoryId, record.name, record.id])
		if (textOf(one) !== '') return textOf(one).replace(/[[\]]/g, '');
	return 'element';
}

/** Words of the API changed their case between revisions. */
export const isSameSetting = (a: Settings[string], b: Settings[string]): boolean =>
	String(a).toLowerCase() === String(b).toLowerCase();
