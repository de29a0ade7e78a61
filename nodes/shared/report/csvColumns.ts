export const COLUMNS = [
	'Section',
	'Tenant',
	'Name',
	'Type',
	'Status',
	'Object',
	'Reason',
	'Time',
	'Last Success',
	'Capacity GB',
	'Free GB',
	'Used Percent',
	'Days Left',
	'Begin',
	'End',
	'Next Run',
	'Read GB',
	'Transferred GB',
	'Used GB',
	'Growth GB',
	'User',
	'Support Ends',
	'History',
	'New',
] as const;

/** One line of the table; columns that are missing stay empty. */
export type CsvRow = Partial<Record<(typeof COLUMNS)[number], string | number | null | undefined>>;
