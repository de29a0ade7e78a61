import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VeeamBackupMicrosoft365Trigger } from '../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365Trigger.node';
import type { Microsoft365Simulator } from '../../simulator';
import { ActiveTrigger } from '../support/pollNode';
import { credentialFor } from './bench.support';

/** The trigger's node and a credential for a simulated server. */
export const setupFor = (
	{ url }: Pick<Microsoft365Simulator, 'url'>,
	credential: Record<string, string> = {},
) => ({
	node: new VeeamBackupMicrosoft365Trigger(),
	credentials: credentialFor('vb365', url, credential),
	parameters: {},
});

export const triggerOn = (
	simulator: Pick<Microsoft365Simulator, 'url'>,
	parameters: INodeParameters,
	credential: Record<string, string> = {},
): ActiveTrigger => new ActiveTrigger({ ...setupFor(simulator, credential), parameters });

/** What reached the API since the log was cleared, without logins: `GET /v8/JobSessions`. */
export async function requestsOf({ control }: Microsoft365Simulator): Promise<string[]> {
	return (await control.requests())
		.filter(({ path }) => !path.endsWith('/token'))
		.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
}

/** What most tests look at. */
export const told = (items: IDataObject[]) =>
	items.map(({ transition, severity, message }) => [transition, severity, message]);

export const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
export const UUID = expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/);
