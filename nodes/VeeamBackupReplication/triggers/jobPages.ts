import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../shared/http/pageWalk';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { PATH } from '../model/jobs';
import { nameOf } from '../model/text';

/** The states of all jobs, as few pages as possible. */
export const jobPages = (
	pollContext: PollContext,
	from: number,
): AsyncGenerator<Page, void, undefined> =>
	pollContext.pages({ method: 'GET', path: PATH }, { from, pageSize: 10_000 });

/** `Job "Daily"` */
export const jobTitle = (record: IDataObject): string => `Job "${nameOf(record)}"`;
