export interface Settings {
	/** The event itself is picked. */
	isPicked: boolean;
	/** What is picked in the event's field; undefined where it has none. */
	choices?: string[];
	/** Things whose names end with one of these digits are left out, or alone are watched. */
	names?: { which: 'include' | 'exclude'; digits: string[] };
	/** Percent of free space below which a repository is low. */
	lowPercent: number;
}
