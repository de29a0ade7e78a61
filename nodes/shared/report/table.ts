import type { DayMark, ReportSection, ReportStatus } from './model';

/**
 * The sections as every form shows them: the same rows, facts and order in HTML, plain text, Slack
 * and Teams. Texts are as the server gave them: each form escapes and cuts them its own way.
 */
export interface ReportTable {
	section: ReportSection;
	title: string;
	/** The first so many; `total` counts all. */
	rows: ReportRow[];
	total: number;
	/** "+12 more, all in the CSV": rows that are not there; undefined: none is missing. */
	more?: string;
	/** ISO dates that the rows have marks for. */
	days?: string[];
}

export interface ReportRow {
	name: string;
	/** Characters of the name that are shown; a name of its own is shorter than a finding's sentence. */
	maxName?: number;
	status: RowStatus;
	/** "Failed", "Low"; empty where nothing is to be said. */
	badge: string;
	/** Short, of our own words and numbers but for type and tenant. */
	facts: string[];
	/** Reasons: one for each object, or one without a name. */
	lines: Array<{ name?: string; text: string }>;
	/** More objects than there are lines. */
	moreLines: number;
	/** Percent used, and the colour of it: one that is offline or in trouble is not full. */
	bar?: { percent: number; status: RowStatus };
	/** One mark for each of the table's `days`. */
	marks?: DayMark[];
	/** The last report did not have it. */
	isNew?: true;
}

/** As a row is coloured; neutral: nothing is known that could be good or bad. */
export type RowStatus = ReportStatus | 'neutral';
