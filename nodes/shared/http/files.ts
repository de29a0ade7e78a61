import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { apiError } from './errors';
import { watchForStall, type ReadableStream } from './bounds';
import { SILENCE } from './networkCodes';
import { readNetworkFailure } from './networkFailure';
import type { RequestContext } from './attempt';
import { isRead, rest, secretsOfAll, stopIfCancelled } from './attempt';
import { send } from './request';
import { Backoff } from './retry';
import type { VeeamRequest, VeeamResponse } from './types';

type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/**
 * Streams an answer into n8n's binary data, never whole in memory here. A download that breaks off
 * or stalls halfway begins anew where it only reads.
 *
 * @param later where the file is to be had, if the answer says it is still being made
 */
export async function download(
	requestContext: RequestContext,
	asked: VeeamRequest,
	later: (response: VeeamResponse) => Promise<VeeamRequest | undefined>,
): Promise<IBinaryData> {
	let request = asked;
	const { helpers } = requestContext.context as IExecuteFunctions;
	const pauses = new Backoff(requestContext.settings);
	const timeoutSeconds = request.timeoutSeconds ?? requestContext.settings.fileTimeout;
	for (;;) {
		const answer = await send(requestContext, request, 'stream');
		const { status, headers } = answer;
		const result = await later({ status, headers, body: undefined });
		if (result) {
			answer.abandon();
			request = { ...result, label: asked.label };
			continue;
		}
		const stream = answer.body as Stream;
		const watch = watchForStall(stream as ReadableStream, timeoutSeconds * 1000, answer.abandon);
		try {
			return await helpers.prepareBinaryData(
				stream,
				fileName(answer.headers, asked),
				answer.headers['content-type']?.split(';')[0]?.trim(),
			);
		} catch (error) {
			stopIfCancelled(requestContext);
			if (!watch.stalled && !isBrokenStream(error)) {
				answer.abandon();
				throw notStored(requestContext, asked, error);
			}
			const { origin } = requestContext.connection;
			const failure = readNetworkFailure(watch.stalled ? { code: SILENCE } : error, {
				...requestContext.adapter,
				origin,
				timeoutSeconds,
				largestAnswer: requestContext.connection.largestAnswer,
			});
			const repeatable = request.readsOnly === true || isRead(request.method);
			const pause = repeatable && failure.broken ? pauses.next() : undefined;
			if (pause === undefined)
				throw apiError(
					requestContext.node,
					{
						message: `The download broke off: ${failure.legible.message}`,
						description: failure.legible.description,
					},
					{
						itemIndex: requestContext.itemIndex,
						label: request.label,
						transient: failure.transient,
						secrets: secretsOfAll(requestContext),
					},
				);
			await rest(requestContext, pause);
		} finally {
			watch.end();
		}
	}
}

/**
 * Whether the answer broke off, in the words of Node.js, axios and n8n. Nothing else that is raised
 * while n8n stores a file comes from the server: n8n's storage may be a full disk, or S3 out of reach.
 */
const isBrokenStream = (error: unknown): boolean =>
	/^(socket hang up|(stream (has been )?)?aborted|canceled|premature close|response body timed out\b|stream closed before completing|failed to decompress|parse error\b|unexpected end of file)/i.test(
		String((error as Error | undefined)?.message).slice(0, 200),
	);

/** n8n's own fault: the size limit of a storage mode, a full disk, missing rights, S3. */
function notStored(requestContext: RequestContext, { label }: VeeamRequest, error: unknown): Error {
	const said = String((error as Error | undefined)?.message ?? error).slice(0, 500);
	return apiError(
		requestContext.node,
		{
			message: 'n8n could not store the file.',
			description: `Its storage of binary data says: ${said} Where n8n keeps files, and how large they may be, is set by N8N_DEFAULT_BINARY_DATA_MODE and the settings beside it.`,
		},
		{
			itemIndex: requestContext.itemIndex,
			label,
			secrets: secretsOfAll(requestContext),
		},
	);
}

/** As the server calls it (RFC 6266), else after the last fixed part of the path. */
export function fileName(headers: Record<string, string>, request: VeeamRequest): string {
	const disposition = headers['content-disposition'] ?? '';
	const encoded = /filename\*\s*=\s*[\w-]*'[^']*'([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition);
	const named = decoded(encoded) ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
	const safe = safeName(named ?? '');
	if (safe) return safe;
	const fixed = request.path.split('/').filter((part) => part && !part.startsWith('{'));
	return fixed.at(-1) ?? 'file';
}

/** Bytes that file systems take. */
const LONGEST_NAME = 255;

/**
 * A name that is a name on every system and looks like what it is: no path, nothing that nobody sees
 * or that turns the order of letters around, not longer than file systems take (its end stays).
 *
 * @returns '' where nothing of it is left
 */
function safeName(text: string): string {
	const base = text
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
		.split(/[/\\]/)
		.pop()
		?.trim();
	if (!base || /^\.+$/.test(base)) return '';
	const dot = base.lastIndexOf('.');
	const ending = dot > 0 && base.length - dot <= 20 ? base.slice(dot) : '';
	const letters = [...base.slice(0, base.length - ending.length)];
	while (Buffer.byteLength(letters.join('') + ending) > LONGEST_NAME) letters.pop();
	return letters.join('') + ending;
}

function decoded(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text.trim());
	} catch {
		return undefined;
	}
}
