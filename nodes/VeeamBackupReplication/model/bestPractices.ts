import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { word, type Deciding } from '../../shared/report/readable';
import { inWords } from './catalogueFacts';
import { same, textOf } from './text';

/** What the Security & Compliance Analyzer checks; the list is empty where it never ran. */
export const PATH = '/api/v1/securityAnalyzer/bestPractices';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['id', 'bestPractice', 'status', 'note'],
		without: 'the event is refused, and the report has a note (before 1.2-rev1)',
	},
];

/** What of a best practice decides. */
export const deciding: Deciding = {
	status: word('Analyzing', 'None', 'OK', 'Suppressed', 'UnableToCheck', 'Violation'),
};

/** Names that are no mere words. */
const CALLED: Record<string, string> = { winrmservicedisabled: 'WinRM Service Disabled' };

/** "WinRM Service Disabled" */
export const practiceName = ({ bestPractice, id }: IDataObject): string => {
	const text = textOf(bestPractice);
	return CALLED[text.toLowerCase()] ?? (text === '' ? textOf(id) : inWords(text));
};

/** Whoever suppresses a finding has dealt with it. */
const JUDGED = ['OK', 'Suppressed', 'Violation'];

/**
 * Whether a best practice has a status. A state that is neither right nor wrong (being analysed, not
 * checked) says nothing: undefined.
 */
export const hasStatus = (
	{ status }: IDataObject,
	wanted: 'Violation' | 'UnableToCheck',
): boolean | undefined =>
	same(status, wanted) ? true : JUDGED.some((one) => same(status, one)) ? false : undefined;
