import type { Outcome } from './work';

/** How something started from now on shall end. */
export interface ToldOutcome extends Partial<Outcome> {
	/** Only work whose name contains this; any where left out. */
	match?: string;
	/** Object whose processing fails; the first where left out. */
	object?: string;
}

const MESSAGES: Record<Outcome['result'], string> = {
	Success: '',
	Warning: 'Finished with warnings',
	Failed: 'See the session log for details',
};
const REASONS: Record<Outcome['result'], string | undefined> = {
	Success: undefined,
	Warning: 'Free space on the target is below 10 percent',
	Failed: 'Cannot connect to esx02.example.lab: connection timed out',
};

/** Outcomes that a control call has ordered, used up one by one. */
export class Outcomes {
	private told: ToldOutcome[] = [];

	tell(outcome: ToldOutcome): void {
		this.told.push(outcome);
	}

	/** The outcome of work of this name: as told, or well; and the object that caused it. */
	take(name: string): { outcome: Outcome; object?: string } {
		const index = this.told.findIndex(({ match }) => !match || name.includes(match));
		const told = index < 0 ? {} : (this.told.splice(index, 1)[0] as ToldOutcome);
		const result = told.result ?? 'Success';
		return {
			outcome: {
				result,
				message: told.message ?? MESSAGES[result],
				reason: told.reason ?? (told.message ? undefined : REASONS[result]),
			},
			object: told.object,
		};
	}
}
