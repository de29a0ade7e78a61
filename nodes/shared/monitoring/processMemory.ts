import type { TriggerState } from './triggerState';

/**
 * What this process of n8n knows of its triggers beside the static data.
 *
 * n8n's opt-in scheduler starts each poll from what was saved last, and saves nothing after a poll
 * that gave no items or raised an error: what was counted, noticed and read by such polls would be
 * forgotten each time. So their outcome is kept here, bound to the saved state that it stands on: it
 * counts only for a poll that begins from that very state. A poll that gives items is never kept: if
 * n8n does not get to save it, its items have to be given again.
 */
interface Kept {
	/** Stamps of the states that n8n may have saved: what it hands out is one of them, or the newest. */
	bases: string[];
	state: TriggerState;
}

const kept = new Map<string, Kept>();

/** So many triggers are remembered; each holds its state once more at the most. */
const MOST = 500;

/** The newest state that stands on what n8n hands out. */
export function latestState(trigger: string, saved: TriggerState): TriggerState {
	const known = kept.get(trigger);
	if (!known || !saved.stamp) return saved;
	return known.bases.includes(saved.stamp) || known.state.stamp === saved.stamp
		? known.state
		: saved;
}

/** After a poll without items. `saved` is what n8n handed out before it. */
export function keepState(trigger: string, saved: TriggerState, state: TriggerState): void {
	const known = kept.get(trigger);
	if (!saved.stamp) return;
	// The newest may be kept in memory alone, standing on what was saved before; or it is saved, too: the
	// first poll of a workflow is, whatever came of it.
	const before = known?.state.stamp === saved.stamp ? known.bases.slice(0, 1) : [];
	kept.delete(trigger);
	kept.set(trigger, { bases: [...before, saved.stamp], state });
	const [oldest] = kept.keys();
	if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
}

/** After a poll with items. */
export const dropState = (trigger: string): boolean => kept.delete(trigger);
