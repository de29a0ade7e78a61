import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { apiError, secretsOf } from './errors';
import { readNetworkFailure } from './networkFailure';
import type { RequestContext } from './attempt';
import { isRead, rest, stopIfCancelled } from './attempt';
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
		const pollContext = watchForStall(stream, timeoutSeconds * 1000, answer.abandon);
		try {
			return await helpers.prepareBinaryData(
				stream,
				fileName(answer.headers, asked),
				answer.headers['content-type']?.split(';')[0]?.trim(),
			);
		} catch (error) {
			stopIfCancelled(requestContext);
			const { origin } = requestContext.connection;
			const failure = readNetworkFailure(pollContext.stalled ? { code: 'ECONNABORTED' } : error, {
				...requestContext.adapter,
				origin,
				timeoutSeconds,
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
						secrets: secretsOf(requestContext.credential),
					},
				);
			await rest(requestContext, pause);
		} finally {
			pollContext.ended = true;
		}
	}
}

/**
 * Breaks a download off that brings nothing for so long: once an answer has begun, the timeout of
 * n8n's helper no longer counts. Listening to a paused stream does not start it; whoever reads it
 * later still gets everything.
 */
function watchForStall(stream: Stream, milliseconds: number, abandon: () => void) {
	const pollContext = { ended: false, stalled: false };
	let alive = Date.now();
	stream.pause();
	stream.on('data', () => (alive = Date.now()));
	void (async () => {
		while (!pollContext.ended && !pollContext.stalled) {
			await sleep(Math.min(1000, milliseconds / 4));
			pollContext.stalled = !pollContext.ended && Date.now() - alive > milliseconds;
		}
		if (pollContext.stalled) abandon();
	})();
	return pollContext;
}

/** As the server calls it (RFC 6266), else after the last fixed part of the path. */
export function fileName(headers: Record<string, string>, request: VeeamRequest): string {
	const disposition = headers['content-disposition'] ?? '';
	const encoded = /filename\*\s*=\s*[\w-]*'[^']*'([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition);
	const named = decoded(encoded) ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
	// The name alone: a path from a server has no business here.
	const base = named?.trim().split(/[/\\]/).pop();
	if (base) return base;
	const fixed = request.path.split('/').filter((part) => part && !part.startsWith('{'));
	return fixed.at(-1) ?? 'file';
}

function decoded(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text.trim());
	} catch {
		return undefined;
	}
}
