/** What goes wrong with a poll, by the dice. */
import type { Dice } from './dice';
import { CALM, type Trouble } from './wire';

export function troubleOf(dice: Dice, chance: number, kinds?: Array<Trouble['kind']>): Trouble {
	if (!dice.percent(chance)) return CALM;
	const kind = dice.pick<Trouble['kind']>(
		kinds ?? [
			'status',
			'status',
			'network',
			'network',
			'cut',
			'page',
			'nothing',
			'slow',
			'empty',
			'leftOut',
			'hang',
		],
	);
	return {
		kind,
		at: dice.from(1, dice.pick([1, 2, 4])),
		lasts: kind === 'slow' || dice.percent(60),
		status: dice.pick([500, 502, 503, 504, 403, 429, 401]),
	};
}
