import type { IDataObject } from 'n8n-workflow';

import { valueLabel } from '../../shared/form/operationNames';
import { HOUR } from '../../shared/common/time';
import type { ReportObject, ReportOptions } from '../../shared/report/model';
import { names } from '../overlay';
import { iso, textOf, type Reader } from './read';

/** Older restore points that are looked at for the date of the last one. */
const OLDER = 5_000;

/**
 * Objects of all backups without a restore point inside the RPO. One in several backups (a backup
 * and its copy) needs a young point in any of them.
 *
 * @param jobs those the report is about; undefined: all
 */
export async function readUnprotected(
	reader: Reader,
	options: ReportOptions,
	now: number,
	jobs: Set<string> | undefined,
): Promise<ReportObject[]> {
	const limit = iso(now - options.rpoHours * HOUR);
	const all = await reader.list('/backupObjects');
	const wanted = jobs && (await readBackups(reader, jobs));
	const objects = wanted ? all.filter(({ backupId }) => wanted.has(textOf(backupId))) : all;
	if (objects.length === 0) return [];
	const young = await reader.list('/restorePoints', { createdAfterFilter: limit });
	const covered = new Set(young.map(pointKey));

	const groups = new Map<string, IDataObject[]>();
	for (const object of objects) {
		const key = machineKey(object);
		groups.set(key, [...(groups.get(key) ?? []), object]);
	}
	const bare = [...groups.values()].filter(
		(copies) => !copies.some((copy) => covered.has(pointKey(copy))),
	);
	const hasPoints = (copies: IDataObject[]) =>
		copies.some(({ restorePointsCount }) => restorePointsCount !== 0);
	const last = bare.some(hasPoints) ? await readLastPoints(reader, limit) : new Map();
	return bare
		.map((copies): ReportObject => {
			const [object = {}] = copies;
			const points = copies.flatMap((copy) => last.get(pointKey(copy)) ?? []).sort();
			return {
				name: textOf(object.name),
				type: valueLabel(names, textOf(object.type) || textOf(object.platformName)),
				...(points.length > 0
					? { lastRestorePoint: points.at(-1) }
					: hasPoints(copies)
						? {}
						: { lastRestorePoint: null }),
			};
		})
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** The backups of jobs; those of no job at all (imported) belong to none. */
async function readBackups(reader: Reader, jobs: Set<string>): Promise<Set<string>> {
	const backups = await reader.list('/backups');
	return new Set(
		backups.filter(({ jobId }) => jobs.has(textOf(jobId))).map(({ id }) => textOf(id)),
	);
}

/** The youngest of the older restore points, where a request is left for them. */
async function readLastPoints(reader: Reader, before: string): Promise<Map<string, string>> {
	const last = new Map<string, string>();
	if (reader.left === 0) return last;
	const points = await reader.list(
		'/restorePoints',
		{ createdBeforeFilter: before, orderColumn: 'CreationTime', orderAsc: false },
		{ limit: OLDER },
	);
	for (const point of points) {
		const key = pointKey(point);
		const time = textOf(point.creationTime);
		if (time > (last.get(key) ?? '')) last.set(key, time);
	}
	return last;
}

/** Restore points do not name their backup object: the backup and the name do. */
const pointKey = ({ backupId, name }: IDataObject): string =>
	`${textOf(backupId)}/${textOf(name).toLowerCase()}`;

/** The same machine in several backups. */
const machineKey = ({ objectId, platformId, name }: IDataObject): string =>
	`${textOf(platformId)}/${textOf(objectId) || textOf(name).toLowerCase()}`;
