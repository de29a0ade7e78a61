import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { FLAG, PAST, type Deciding } from '../../shared/report/readable';
import { expected } from './answers';
import { flagOf } from './text';

export const PATH = '/api/v1/configBackup';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['isEnabled', 'lastSuccessfulBackup.lastSuccessfulTime'],
	},
];

/** What of the settings decides. */
export const deciding: Deciding = {
	isEnabled: FLAG,
	'lastSuccessfulBackup.lastSuccessfulTime': PAST,
};

/**
 * The settings of the configuration backup, as the server answers them.
 *
 * @throws UserFacingFailure where the answer is none
 */
export const configBackupIn = (body: unknown): IDataObject => {
	const found = body as IDataObject | null | undefined;
	return expected(
		isEnabled(found ?? {}) === undefined ? undefined : found!,
		'the settings of the configuration backup',
	);
};

/** Undefined where the record does not say. */
export const isEnabled = (record: IDataObject): boolean | undefined => flagOf(record.isEnabled);

/** As the server writes it; undefined where it has never succeeded, or the record does not say. */
export function lastSuccess({ lastSuccessfulBackup }: IDataObject): string | undefined {
	const time = (lastSuccessfulBackup as IDataObject | null | undefined)?.lastSuccessfulTime;
	return readTime(time) === undefined ? undefined : String(time);
}
