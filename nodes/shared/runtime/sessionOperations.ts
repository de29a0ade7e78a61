import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { hint } from '../common/hint';
import { waitOptions } from '../form/controls';
import { locator } from '../form/locator';
import type { VeeamClient, VeeamResponse } from '../http/types';
import { asItems } from './output';
import { readWaitOptions } from './outputOptions';
import { ParameterError } from './parameterError';
import type { Call, OwnOperation } from './product';

/** Where a product keeps the sessions of its jobs. */
export interface SessionResource {
	/** Value of the resource. */
	resource: string;
	/** Title Case: `Job Session`. */
	label: string;
	/** Parameter with the id; its list comes from the search method of that name. */
	idField: string;
	/** Of one session, with `{id}`. */
	path: string;
	/** How to get an id, for the error where none is given. */
	whereIdsComeFrom: string;
}

/**
 * Session > Wait for Completion: the session as it is when it has ended.
 *
 * @param operation value of the operation
 */
export const waitForSession = (
	sessions: SessionResource,
	{ operation, description }: { operation: string; description: string },
): OwnOperation => ({
	resource: sessions.resource,
	operation,
	name: 'Wait for Completion',
	action: `Wait for the completion of a ${sessions.label.toLowerCase()}`,
	description,
	properties: () => [sessionField(sessions), waitOptions()],
	async execute(call) {
		const session = await readSession(sessions, call);
		return asItems([(await call.client.wait(session, readWaitOptions(call))) as IDataObject]);
	},
});

/**
 * Session > Get Failure Reasons: an item per reason.
 *
 * @param read the reasons of a session as its path gives it; never empty
 * @param hintAt what these reasons leave out in the credential's API version
 */
export const getFailureReasons = (
	sessions: SessionResource,
	description: string,
	read: (client: VeeamClient, session: IDataObject) => Promise<IDataObject[]>,
	hintAt?: (client: VeeamClient, reasons: IDataObject[]) => string | undefined,
): OwnOperation => ({
	resource: sessions.resource,
	operation: 'getFailureReasons',
	name: 'Get Failure Reasons',
	action: `Get the failure reasons of a ${sessions.label.toLowerCase()}`,
	description,
	properties: () => [sessionField(sessions)],
	async execute(call) {
		const { body } = await readSession(sessions, call);
		const reasons = await read(call.client, body as IDataObject);
		const message = call.itemIndex === 0 ? hintAt?.(call.client, reasons) : undefined;
		if (message) hint(call.context, message);
		return asItems(reasons);
	},
});

const sessionField = ({ label, idField }: SessionResource): INodeProperties => ({
	displayName: label,
	name: idField,
	...locator({ idField: 'id', outer: [] }, idField),
	required: true,
});

async function readSession(
	{ label, idField, path, whereIdsComeFrom }: SessionResource,
	{ context, client, itemIndex }: Call,
): Promise<VeeamResponse> {
	const given = context.getNodeParameter(idField, itemIndex, '', { extractValue: true });
	const id = String(given).trim();
	if (!id)
		throw new ParameterError(
			`"${label}" is empty`,
			`Choose a session from the list, or give its ID: ${whereIdsComeFrom}.`,
		);
	return await client.request({ method: 'GET', path, pathParameters: { id }, label });
}
