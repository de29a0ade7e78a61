import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import { hint } from '../common/hint';
import * as controls from '../form/controls';
import type { VeeamResponse } from '../http/types';
import type { Call } from './product';

/**
 * Says, once for each execution, that what an operation started continues on the server, and how to wait
 * for it.
 *
 * @param records the work as the answer describes it
 */
export function hintAtRunningWork(
	{ context, client, product, itemIndex }: Call,
	{ method }: Pick<Operation, 'method'>,
	response: VeeamResponse,
	records: IDataObject[],
): void {
	const { adapter } = product;
	const hasEnded = ({ state }: IDataObject): boolean => String(state).toLowerCase() === 'stopped';
	const isStarted =
		method !== 'GET' &&
		(adapter.startsSilently?.(client, response) ||
			adapter.follow?.(client, response) !== undefined) &&
		!(records.length > 0 && records.every(hasEnded));
	if (!isStarted || itemIndex > 0) return;
	const later = records[0] && product.waitsLater?.(records[0]);
	hint(
		context,
		[
			`${response.request?.label ?? 'The work'} continues on the server.`,
			`Switch on "${controls.waitForCompletion().displayName}" to get its result${later ? `, or wait for it later with ${later}` : ''}.`,
		].join(' '),
	);
}
