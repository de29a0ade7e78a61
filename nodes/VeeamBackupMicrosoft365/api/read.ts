import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient } from '../../shared/http/types';

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
