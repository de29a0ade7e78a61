/** What a user sets in a trigger of a world of states, and how he edits it while the workflow runs. */
import type { IDataObject } from 'n8n-workflow';

import type { Dice } from './dice';
import type { Settings } from './settings';
import type { StateWorld, Thing } from './worlds/states';

const fieldOf = ({ parameters }: StateWorld): string | undefined =>
	Object.keys(parameters).find((name) => Array.isArray(parameters[name]));

export const firstSettings = (world: StateWorld): Settings => {
	const field = fieldOf(world);
	return {
		isPicked: true,
		...(field ? { choices: [...(world.parameters[field] as string[])] } : {}),
		lowPercent: 10,
	};
};

/** Something that a user would do; the same settings again may come out. */
export function edited(world: StateWorld, now: Settings, dice: Dice): Settings {
	const first = firstSettings(world);
	const doings: Array<() => Partial<Settings>> = [() => ({ isPicked: !now.isPicked })];
	if (first.choices && first.choices.length > 1)
		doings.push(
			...Array.from({ length: 3 }, () => () => ({ choices: someOf(first.choices!, dice) })),
		);
	if (world.names)
		doings.push(
			...Array.from({ length: 3 }, () => () => {
				const which = dice.pick(['include', 'exclude'] as const);
				const digits = dice.shuffled([...'0123456789']).slice(0, dice.from(1, 6));
				return { names: dice.percent(40) ? undefined : { which, digits } };
			}),
		);
	if ('lowSpace' in (Object.values(world.kinds)[0]?.conditions ?? {}))
		doings.push(() => ({ lowPercent: dice.pick([1, 5, 10, 60]) }));
	return { ...now, ...dice.pick(doings)() };
}

/** At least one; where the version has none of them, the trigger raises it and closes what was open. */
const someOf = (all: string[], dice: Dice): string[] =>
	dice.shuffled(all).slice(0, dice.from(1, all.length));

/** As the node's parameters hold it. */
export function parametersOf(world: StateWorld, settings: Settings): IDataObject {
	const { event, parameters } = world;
	const { names, lowPercent, choices } = settings;
	const field = fieldOf(world);
	const options = `${event}Options`;
	const patterns = names?.digits.map((digit) => `*${digit}`).join(', ');
	return {
		...parameters,
		...(field ? { [field]: choices } : {}),
		events: settings.isPicked ? [event] : ['serverReachability'],
		[options]: {
			...(parameters[options] as IDataObject | undefined),
			...(names ? { [`${names.which}Names`]: patterns } : {}),
			...(lowPercent === 10 ? {} : { lowPercent }),
		},
	};
}

/** Whether the user wants to hear of `what`: a condition, a value, or a thing's coming or going. */
export function isWatched(
	world: StateWorld,
	settings: Settings,
	thing: Thing,
	what: string,
): boolean {
	const { isPicked, choices, names } = settings;
	if (!isPicked) return false;
	if (choices && !choices.includes(world.choiceOf?.(thing, what) ?? what)) return false;
	if (!names) return true;
	const fits = names.digits.some((digit) => nameOf(thing).endsWith(digit));
	return names.which === 'include' ? fits : !fits;
}

const nameOf = (thing: Thing): string =>
	'name' in thing.value ? String(thing.value.name) : thing.name;
