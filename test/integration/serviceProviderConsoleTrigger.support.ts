import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VeeamServiceProviderConsoleTrigger } from '../../nodes/VeeamServiceProviderConsole/VeeamServiceProviderConsoleTrigger.node';
import type { ServiceProviderConsoleSimulator } from '../../simulator';
import { ActiveTrigger } from '../support/pollNode';
import { connectTo } from './serviceProviderConsole.support';

export const triggerOn = (
	simulator: ServiceProviderConsoleSimulator,
	parameters: INodeParameters,
	credential: Record<string, string> = {},
): ActiveTrigger =>
	new ActiveTrigger({
		node: new VeeamServiceProviderConsoleTrigger(),
		credentials: connectTo(simulator.url, credential),
		parameters,
	});

export const messages = (items: IDataObject[]) => items.map(({ message }) => message);

export const transitions = (items: IDataObject[]) => items.map(({ transition }) => transition);

/** Paths and queries of one poll. */
export async function requestsOf(
	simulator: ServiceProviderConsoleSimulator,
	trigger: ActiveTrigger,
): Promise<{ items: IDataObject[]; paths: string[] }> {
	await simulator.control.clearRequests();
	const items = await trigger.poll();
	const requests = await simulator.control.requests();
	return { items, paths: requests.map(({ path }) => path.replace('/api/v3', '')) };
}

/**
 * Opens, closes and opens a problem: one incident, three items.
 *
 * @param looks polls after which the end is reported: what is no longer listed takes two
 */
export async function opensAndCloses(
	trigger: ActiveTrigger,
	wrong: () => Promise<unknown>,
	well: () => Promise<unknown>,
	looks = 1,
): Promise<IDataObject[]> {
	expect(await trigger.activate()).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
	const told: IDataObject[] = [];
	for (const change of [wrong, well, wrong]) {
		await change();
		if (change === well)
			for (let look = 1; look < looks; look++) expect(await trigger.poll()).toEqual([]);
		told.push(...(await trigger.poll()));
		expect(await trigger.poll()).toEqual([]);
	}
	expect(transitions(told)).toEqual(['problem', 'recovered', 'problem']);
	expect(new Set(told.map(({ incidentKey }) => incidentKey)).size).toBe(1);
	expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(3);
	return told;
}
