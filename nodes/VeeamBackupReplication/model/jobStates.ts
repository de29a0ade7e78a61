import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../shared/http/pageWalk';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { same } from './catalogueFacts';

/** The states of all jobs, as few pages as possible. */
export const jobStates = (
	pollContext: PollContext,
	from: number,
): AsyncGenerator<Page, void, undefined> =>
	pollContext.pages({ method: 'GET', path: '/api/v1/jobs/states' }, { from, pageSize: 10_000 });

export const named = ({ name }: IDataObject): string => `Job "${String(name)}"`;

/** A job that runs, or is about to begin or to end. */
export const isRunning = ({ status }: IDataObject): boolean =>
	['Running', 'Starting', 'Stopping'].some((one) => same(status, one));

/**
 * A job that is disabled runs where someone starts it by hand: then only the note on its next run
 * says that it is disabled (from 1.3-rev0 on); undefined where nothing does.
 */
export function isDisabled(record: IDataObject): boolean | undefined {
	const { status, nextRunPolicy } = record;
	if (same(status, 'Disabled')) return true;
	if (!isRunning(record)) return typeof status === 'string' ? false : undefined;
	return String(nextRunPolicy ?? '')
		.toLowerCase()
		.includes('disabled')
		? true
		: undefined;
}
