import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import { hint } from '../common/hint';
import { inOrder } from '../http/concurrency';
import type { VeeamClient } from '../http/types';
import type { Call } from './product';

/** Requests for the reasons of one list: no run is begun after them. */
const MOST_REQUESTS = 200;
/** Seconds for the same. */
const PATIENCE = 60;
/** So many runs refused one after the other: the others would be, too. */
const MOST_REFUSED = 3;
/** Runs at once; each reads some logs at once. */
const AT_ONCE = 2;

/**
 * Adds `reasons` to the items of a list of runs: the failed objects, an empty list for a run that did not
 * fail, and null, with `reasonsError`, where they could not be read. What was left out is said in a hint.
 *
 * @param items changed in place
 * @param sessions what they were made of, in the same order
 */
export async function addReasons(
	call: Call,
	operation: Operation,
	items: IDataObject[],
	sessions: IDataObject[],
): Promise<void> {
	const { client, product } = call;
	const { sessionReasons: of } = product;
	if (!of || !product.overlay.operations[operation.id]?.includesReasons) return;

	for (const item of items) item.reasons = [];
	const bad = [...sessions.entries()].filter(([, session]) => of.isBad(session));
	const end = Date.now() + PATIENCE * 1000;
	const counted = counting(client, end);
	let [left, refused, inARow] = [0, 0, 0];
	let last = '';
	await inOrder(bad, AT_ONCE, async ([index, session]) => {
		const item = items[index]!;
		const isOver = counted.requests >= MOST_REQUESTS || Date.now() >= end;
		if (isOver || inARow >= MOST_REFUSED) {
			left++;
			item.reasons = null;
			return;
		}
		try {
			item.reasons = await of.read(counted.client, session, item);
			inARow = 0;
		} catch (error) {
			inARow++;
			refused++;
			last = (error as Error).message;
			Object.assign(item, { reasons: null, reasonsError: last });
		}
	});
	const lines = [
		refused > 0 ? `${refused} of ${bad.length} failed sessions gave no reasons: ${last}` : '',
		left > 0
			? `${left} of ${bad.length} failed sessions were not asked for their reasons: ${
					inARow >= MOST_REFUSED
						? 'the others were refused'
						: `a list has ${MOST_REQUESTS} requests or ${PATIENCE} seconds for them. Filter the list, or use Get Failure Reasons`
				}`
			: '',
		bad.length > 0 ? (of.lacks?.(client) ?? '') : '',
	].filter((line) => line !== '');
	if (lines.length > 0)
		hint(call.context, lines.map((line) => `${line.replace(/\.$/, '')}.`).join(' '), 'warning');
}

/** A client that counts its requests, each of which ends with the time of all. */
function counting(client: VeeamClient, end: number): { client: VeeamClient; requests: number } {
	const within = () => Math.max(1, (end - Date.now()) / 1000);
	const counted = {
		requests: 0,
		client: {
			...client,
			async request(request) {
				counted.requests++;
				return await client.request({ ...request, answerWithinSeconds: within() });
			},
			async list(request, options) {
				counted.requests++;
				return await client.list({ ...request, answerWithinSeconds: within() }, options);
			},
		} satisfies VeeamClient as VeeamClient,
	};
	return counted;
}
