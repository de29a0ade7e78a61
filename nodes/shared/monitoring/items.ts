import type { IDataObject } from 'n8n-workflow';

import { fingerprint } from './keys';
import type { Notification, EventDefinition, TriggerProduct, WatchedObject } from './types';

/** What tells an incident from all others, readable: a ticket can carry it. */
export const incidentKey = (
	server: string,
	{ scope, type, id }: WatchedObject,
	condition: string,
): string => [server, ...(scope === undefined ? [] : [scope]), type, id, condition].join('/');

/** A name as it can stand in a sentence, whatever ends of lines the server has in it. */
const oneLine = (name: string): string => name.split(/\s/).filter(Boolean).join(' ');

/** One kind of line ends, without blanks before them. */
const linesOf = (text: string): string =>
	text
		.split(/\r\n|[\r\n\u2028\u2029]/)
		.map((line) => line.trimEnd())
		.join('\n')
		.trim();

/**
 * The item a workflow gets. The same fields for every event of every product, so that one Slack
 * message or ticket node serves them all.
 *
 * @param server host and port
 * @param detectedAt milliseconds since 1970
 */
export function toItem(
	{ displayName }: Pick<TriggerProduct['adapter'], 'displayName'>,
	server: string,
	event: Pick<EventDefinition, 'value'>,
	notification: Notification,
	detectedAt: number,
): IDataObject {
	const { transition, severity, object, condition, occurrence, occurredAt } = notification;
	const key = incidentKey(server, object, condition);
	const name = oneLine(object.name);
	const message = notification.message.replaceAll(object.name || name, name);
	return {
		event: event.value,
		transition,
		severity,
		message: linesOf(message),
		object: { id: object.id, name, type: object.type },
		condition,
		eventId: fingerprint(key, event.value, transition, occurrence),
		incidentKey: key,
		detectedAt: new Date(detectedAt).toISOString(),
		occurredAt: occurredAt ?? null,
		product: displayName,
		server,
		previous: (notification.previous ?? null) as IDataObject,
		current: (notification.current ?? null) as IDataObject,
		...notification.details,
		record: notification.record,
	};
}
