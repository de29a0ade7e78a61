import type { INodeProperties } from 'n8n-workflow';

import { optionsName } from './options';
import type { EventDefinition } from './types';

/** Under the node's name: "session finished, repository state changed". */
export const SUBTITLE =
	'={{ [].concat($parameter["events"]).map((event) => String(event).replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())).join(", ") }}';

/** The trigger's properties, fresh at every call: n8n changes what it is given. */
export function triggerProperties(events: EventDefinition[], usual: string[]): INodeProperties[] {
	return [
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			required: true,
			// In the order of use.
			options: events.map(({ name, value, description, action }) => ({
				...{ name, value, description },
				...(action === undefined ? {} : { action }),
			})),
			default: [...usual],
			description: 'What to look for at each poll',
		},
		...events.flatMap(eventProperties),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'After a Pause',
					name: 'afterPause',
					type: 'options',
					options: [
						{
							name: 'Report What Happened Meanwhile',
							value: 'report',
							description: 'Report what was missed, as far as the server still has it',
						},
						{
							name: 'Start Fresh',
							value: 'beginAnew',
							description:
								'Skip what happened in the meantime: one item says from when to when. Open problems are still closed.',
						},
					],
					default: 'report',
					description:
						'What to do when the trigger was not polled for over a day, because n8n was down or the workflow was not active',
				},
				{
					displayName: 'Emit Current Problems',
					name: 'emitCurrentProblems',
					type: 'boolean',
					default: false,
					description:
						'Whether the first poll reports problems that exist already. If off, it only notes them.',
				},
				{
					displayName: 'Max Items per Poll',
					name: 'maxItems',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 500,
					description: 'Maximum number of items per poll; the rest come with the next polls',
				},
				{
					displayName: 'Remind Every (Hours)',
					name: 'reminderHours',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					description: 'Report an open problem again after this many hours; 0 for never',
				},
			],
		},
	];
}

/** Before a field's label, which n8n cuts after some 35 characters. */
const prefixOf = ({ name, short }: EventDefinition): string =>
	short ?? name.replace(/( State)? Changed$/, '');

function eventProperties(event: EventDefinition): INodeProperties[] {
	const displayOptions = { show: { events: [event.value] } };
	const fields = (event.fields ?? []).map((field) => ({
		...field,
		displayName: `${prefixOf(event)}: ${field.displayName}`,
		displayOptions,
	}));
	if (!event.options?.length) return fields;
	return [
		...fields,
		{
			displayName: `${prefixOf(event)}: Options`,
			name: optionsName(event),
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions,
			options: [...event.options],
		},
	];
}
