import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import type { VeeamClient } from '../../shared/http/types';
import { same } from '../api/read';
import { JOB_SESSIONS } from './jobSessions';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{
		operation: 'GET /JobSessions/{sessionId}/LogItems',
		fields: ['type', 'message', 'title', 'creationTime', 'endTime'],
		fallbacks: {
			type: '`title` begins with it, in brackets',
			message: '`title` ends with it',
			title: '`type` and `message` say it apart',
		},
	},
];

/** Why one object of a job failed, or the job's session itself. */
export interface FailureReason extends IDataObject {
	jobSessionId: string;
	jobId: string | null;
	/** Failed or Warning. */
	result: string;
	message: string;
	creationTime: string | null;
	endTime: string | null;
}

/**
 * What went wrong in a session, line by line as its log has it: the errors, or the warnings where
 * there are none. The line that closes a log says only how the job ended: it stands for a log that
 * says nothing else, and the session itself for one that says nothing at all. Never empty.
 */
export async function readFailureReasons(
	client: Pick<VeeamClient, 'list'>,
	session: IDataObject,
): Promise<FailureReason[]> {
	const log = await client.list({
		method: 'GET',
		path: `${JOB_SESSIONS}/{sessionId}/LogItems`,
		pathParameters: { sessionId: String(session.id) },
	});
	const lines = log.map(withType);
	const of = (wanted: string) => lines.filter(({ type }) => same(type, wanted));
	const naming = (all: IDataObject[]) => all.filter(({ message }) => !isClosing(message));
	const [errors, warnings] = [of('Error'), of('Warning')];
	const emitted =
		[naming(errors), naming(warnings), errors, warnings].find(({ length }) => length) ?? [];
	const reason = (line: IDataObject, result: string, message: unknown): FailureReason => ({
		jobSessionId: String(session.id),
		jobId: textOf(session.jobId) ?? null,
		result,
		message: String(message ?? '') || 'The server gives no reason.',
		creationTime: textOf(line.creationTime) ?? null,
		endTime: textOf(line.endTime) ?? null,
	});
	if (emitted.length === 0) return [reason(session, String(session.status ?? ''), session.details)];
	return emitted.map((line) =>
		reason(line, same(line.type, 'Error') ? 'Failed' : 'Warning', line.message),
	);
}

/** Before v8 a line has one text, which begins with its type: `[Warning] Failed to process …`. */
function withType(line: IDataObject): IDataObject {
	if (line.type !== undefined || typeof line.title !== 'string') return line;
	const { type, message = line.title } = TYPED.exec(line.title)?.groups ?? {};
	return { ...line, type, message };
}

const TYPED = /^\[(?<type>\w+)\]\s*(?<message>.*)$/s;

const CLOSING =
	/^job (finished|completed|ended) with (errors?|warnings?)\b|^job failed( at .*)?\.?$/i;

const isClosing = (message: unknown): boolean => CLOSING.test(String(message).trim());
