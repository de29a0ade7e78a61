import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { numberFor, uuidFor } from '../foundation/random';
import { endOf, phaseOf, progressOf, taskSessionId, type ObjectOutcome, type Work } from './work';

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Ended work does not change any more: its records are made once. */
const finished = new WeakMap<Work | ObjectOutcome, Item>();

/** A session as `/sessions/{id}` shows it. */
export function sessionRecord(work: Work, now: number): Item {
	const kept = finished.get(work);
	if (kept) return kept;
	const state = phaseOf(work, now);
	const record: Item = {
		id: work.id,
		name: work.name,
		jobId: work.jobId ?? NO_ID,
		sessionType: work.type,
		creationTime: iso(work.created),
		endTime: state === 'Stopped' ? iso(endOf(work)) : null,
		state,
		progressPercent: progressOf(work, now),
		result: resultOf(work, state === 'Stopped'),
		resourceId: work.resourceId ?? null,
		resourceReference: work.resourceId ? `/api/v1/resources/${work.resourceId}` : null,
		parentSessionId: null,
		usn: work.usn,
		platformName: work.platform ?? null,
		platformId: work.platform ? uuidFor(`platform/${work.platform}`) : null,
		initiatedBy: work.initiatedBy,
		relatedSessionId: null,
		algorithm: work.jobId ? 'Increment' : null,
		progress: work.jobId ? speedOf(work, now) : null,
		originalSessionId: work.retry?.hidden ? undefined : (work.retry?.of ?? work.id),
		retryInfo:
			work.retry && !work.retry.hidden
				? { isRecheckRetry: false, retryNumber: work.retry.number }
				: null,
	};
	if (state === 'Stopped') finished.set(work, record);
	return record;
}

function resultOf(work: Work, over: boolean): Item {
	return over
		? { result: work.result, message: work.message, isCanceled: work.stopped?.canceled ?? false }
		: { result: 'None', message: '', isCanceled: false };
}

function speedOf(work: Work, now: number): Item {
	const seconds = Math.max(0, Math.min(now, endOf(work)) - work.created) / 1000;
	const bytes = numberFor(work.id, 2_000, 90_000) * 1_048_576;
	return {
		duration: new Date(seconds * 1000).toISOString().slice(11, 19),
		// Localised text, as real servers send it: no number can be read from it.
		processingRate: `${numberFor(work.id, 40, 400)},${numberFor(work.name, 0, 9)} MB`,
		bottleneck: 'Source',
		processedSize: bytes,
		readSize: Math.round(bytes / 4),
		transferredSize: Math.round(bytes / 9),
		progressPercent: progressOf(work, now),
	};
}

/** A task as `/tasks/{id}` shows it. */
export function taskRecord(work: Work, now: number): Item {
	const state = phaseOf(work, now);
	const over = state === 'Stopped';
	return {
		id: work.id,
		type: work.type,
		name: work.name,
		state,
		progressPercent: progressOf(work, now),
		creationTime: iso(work.created),
		endTime: over ? iso(endOf(work)) : null,
		result: !over ? 'None' : work.stopped?.canceled ? 'Cancelled' : work.result,
	};
}

/** The result on one object of a session, as `/taskSessions/{id}` shows it. */
export function taskSessionRecord(work: Work, object: ObjectOutcome, now: number): Item {
	const kept = finished.get(object);
	if (kept) return kept;
	const state = phaseOf(work, now);
	const over = state === 'Stopped';
	const record: Item = {
		id: taskSessionId(work, object),
		type: work.type === 'ReplicaJob' ? 'Replica' : 'Backup',
		sessionId: work.id,
		sessionType: work.type,
		creationTime: iso(work.created + work.startingFor),
		endTime: over ? iso(endOf(work)) : null,
		name: object.name,
		restorePointId:
			over && object.result !== 'Failed' ? uuidFor(`point/${work.id}/${object.name}`) : null,
		restorePointReference: null,
		algorithm: 'Increment',
		repositoryId: work.repositoryId ?? null,
		usn: work.usn,
		state,
		result: over
			? {
					result: object.result,
					message: object.message,
					isCanceled: work.stopped?.canceled ?? false,
				}
			: { result: 'None', message: '', isCanceled: false },
		progress: speedOf(work, now),
		platformType: work.platform ?? 'VMware',
		platformId: uuidFor(`platform/${work.platform ?? 'VMware'}`),
	};
	if (over) finished.set(object, record);
	return record;
}

type LogStatus = 'None' | 'Succeeded' | 'Warning' | 'Failed';
const LOG_STATUS: Record<Work['result'], LogStatus> = {
	Success: 'Succeeded',
	Warning: 'Warning',
	Failed: 'Failed',
};

/** Log of a session: its start, its objects, its end. */
export function sessionLog(work: Work, now: number): Item[] {
	const lines: Array<[LogStatus, string]> = [['Succeeded', `${work.name} started`]];
	const phase = phaseOf(work, now);
	if (phase !== 'Starting') {
		for (const object of work.objects)
			lines.push(['Succeeded', `Queued ${object.name} for processing`]);
	}
	if (phase === 'Stopped') {
		if (work.reason) lines.push([LOG_STATUS[work.result], work.reason]);
		lines.push([LOG_STATUS[work.result], work.message || `${work.name} finished`]);
	} else if (phase === 'Working' && work.workingFor === Infinity) {
		lines.push(['Succeeded', 'Mounted; waiting for user to unmount']);
	}
	return lines.map((line, index) => logRecord(work, index, line));
}

/** Log of the work on one object; the failed line is the real reason. */
export function taskSessionLog(work: Work, object: ObjectOutcome, now: number): Item[] {
	const lines: Array<[LogStatus, string]> = [['Succeeded', `Processing ${object.name}`]];
	if (phaseOf(work, now) === 'Stopped') {
		lines.push(['Succeeded', 'Saving metadata']);
		if (object.result !== 'Success') {
			lines.push([LOG_STATUS[object.result], object.reason ?? object.message]);
		}
		lines.push([LOG_STATUS[object.result], `Processing of ${object.name} finished`]);
	}
	return lines.map((line, index) => logRecord(work, index, line));
}

function logRecord(work: Work, index: number, [status, title]: [LogStatus, string]): Item {
	const time = iso(Math.min(work.created + index * 1000, endOf(work)));
	return {
		id: index + 1,
		status,
		startTime: time,
		updateTime: time,
		title,
		description: '',
		additionalInfo: [],
	};
}
