import type { IDataObject } from 'n8n-workflow';

import type { DeferredAnswer, VeeamClient, VeeamResponse } from '../../shared/http/types';

const ACTION = '/asyncActions/{actionId}';

/**
 * The real answer behind "202 Accepted". 933 of 942 operations may answer so, reads included, and
 * only the server knows when: so it is always waited for, and there is no switch for it. Of
 * `Location` only the action's id is used.
 *
 * A result is kept for five minutes after a success and an hour after a failure.
 */
export function deferred(
	client: VeeamClient,
	{ status, headers }: VeeamResponse,
): DeferredAnswer | undefined {
	const actionId = /\/asyncActions\/([\w-]+)\/?(?:[?#].*)?$/i.exec(headers.location ?? '')?.[1];
	if (status !== 202 || actionId === undefined) return undefined;
	return {
		work: {
			label: `Async action ${actionId}`,
			async poll() {
				const { body } = await client.request({
					method: 'GET',
					path: ACTION,
					pathParameters: { actionId },
					label: 'Async Action',
				});
				const record = ((body as IDataObject | undefined)?.data ?? {}) as IDataObject;
				const state = stateOf(record);
				return { done: state !== 'running', failed: FAILED.includes(state), record };
			},
			reasons: async () => [],
		},
		result: { method: 'GET', path: `${ACTION}/result`, pathParameters: { actionId } },
		lost: (record) =>
			record.status === undefined
				? {
						message: 'The server no longer knows the outcome of the request.',
						description: `It was async action ${actionId}. Check whether the change was made before you repeat it.`,
					}
				: {
						message: 'The server has done it, but no longer has its answer.',
						description: `It was async action ${actionId}; answers are kept for five minutes. Do not make a change again: get the object to see it.`,
					},
		failure(record) {
			const state = stateOf(record);
			if (!FAILED.includes(state)) return undefined;
			const name = typeof record.actionName === 'string' ? `"${record.actionName}"` : 'The action';
			return {
				message: `${name} ${state === 'canceled' ? 'was canceled' : 'failed'} at the server.`,
				description: `It is async action ${actionId}. The server gives no reason.`,
			};
		},
	};
}

const FAILED = ['failed', 'canceled'];

/** `running`, `succeed`, `failed`, `canceled`; a state that nobody knows counts as an end. */
const stateOf = ({ status }: IDataObject): string => String(status ?? '').toLowerCase();
