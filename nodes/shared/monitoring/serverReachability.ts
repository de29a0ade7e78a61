import { EXAMPLE, type Notification, type EventDefinition } from './types';
import { outageId, type TriggerState } from './triggerState';
import { span } from '../common/time';

/** Polls in a row: a server that restarts is away for one or two minutes. */
export const DEFAULT_POLLS = 2;

/**
 * Tells that the server cannot be reached, and that it can be again. Looked after by the poll
 * itself: no other event can be read then.
 */
export const serverReachability: EventDefinition = {
	value: 'serverReachability',
	name: 'Server Unreachable or Reachable Again',
	action: 'On server unreachable or reachable again',
	short: 'Server Unreachable',
	description: 'The server cannot be reached, or can be reached again',
	options: [
		{
			displayName: 'After Polls in a Row',
			name: 'polls',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_POLLS,
			description: 'Report the server as unreachable after this many failed polls in a row',
		},
	],
	// Asks something small, in case no other event is picked.
	poll: async (pollContext) => {
		await pollContext.get(pollContext.adapter.probe);
		return { notifications: [], memory: {} };
	},
	sample: async (pollContext) => {
		const example = unreachable(
			pollContext.client.origin,
			pollContext.adapter.displayName,
			pollContext.serverNow(),
			'connection timed out',
			'example',
		);
		return { ...example, message: `${EXAMPLE}${example.message}` };
	},
};

/**
 * @param reason what the transport says
 * @param occurrence see `outageId`
 */
export function unreachable(
	origin: string,
	product: string,
	now: number,
	reason: string,
	occurrence: string,
): Notification {
	return {
		transition: 'problem',
		severity: 'error',
		object: serverObject(origin),
		condition: 'unreachable',
		occurrence,
		previous: { problem: false },
		current: { problem: true, since: new Date(now).toISOString() },
		message: `${product} server ${hostOf(origin)} cannot be reached: ${reason}`,
		record: { origin, reason },
	};
}

export function reachableAgain(
	origin: string,
	product: string,
	state: TriggerState,
	now: number,
): Notification {
	const { unreachableSince = 0 } = state;
	return {
		transition: 'recovered',
		severity: 'info',
		object: serverObject(origin),
		condition: 'unreachable',
		occurrence: outageId(state, serverReachability.value),
		previous: { problem: true, since: new Date(unreachableSince).toISOString() },
		current: { problem: false },
		message: `${product} server ${hostOf(origin)} can be reached again after ${span(now - unreachableSince)}.`,
		record: { origin },
	};
}

/** `backup.example.com:9419` */
export const hostOf = (origin: string): string => origin.replace(/^https:\/\//, '');

const serverObject = (origin: string) => ({
	id: hostOf(origin),
	name: hostOf(origin),
	type: 'Server',
});
