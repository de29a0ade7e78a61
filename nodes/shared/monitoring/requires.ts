import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';

import { knows, operationBy } from '../catalogue';
import { versionNote } from '../form/versionNote';
import type { VeeamClient } from '../http/types';
import type { EventDefinition, TriggerProduct } from './types';

/**
 * Refuses an event that the credential's API version lacks, before anything is sent: staying silent
 * for ever would look like good news.
 *
 * @throws NodeOperationError
 */
export function checkRequirement(
	context: IPollFunctions,
	{ adapter }: TriggerProduct,
	client: VeeamClient,
	{ name, requires }: EventDefinition,
): void {
	if (!requires) return;
	const catalogue = adapter.catalogue();
	const operation = operationBy(catalogue, requires);
	if (!operation || knows(catalogue, client.version, operation)) return;
	throw new NodeOperationError(
		context.getNode(),
		`"${name}" needs ${versionNote(catalogue.versions, operation.in)}; this credential uses ${client.version}`,
		{
			description:
				'Choose another API version in the credential, if the server has it, or take the event out of Events.',
		},
	);
}
