import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamResponse } from '../shared/transport/types';

/** Words of the API, whatever their case. */
export const same = (value: unknown, word: string): boolean =>
	typeof value === 'string' && value.toLowerCase() === word.toLowerCase();

export async function readOne(
	client: VeeamClient,
	path: string,
	pathParameters: Record<string, string>,
): Promise<IDataObject> {
	return (await client.request({ method: 'GET', path, pathParameters })).body as IDataObject;
}

/**
 * When the server answered, by its own clock, in milliseconds: what it starts from then on is the
 * request's doing. Clocks of two machines differ, so the own one counts only where the server has none.
 */
export function answeredAt({ headers }: VeeamResponse): number {
	const time = Date.parse(headers.date ?? '');
	return Number.isNaN(time) ? Date.now() : time;
}
