import type { ApiVersion } from '../../nodes/shared/catalogue/types';
import type { Answer } from '../foundation/product';
import type { OtherNames } from '../foundation/recordKinds';

/** Revisions call the same thing differently, or have one name for what later ones tell apart. */
export const OTHER_NAMES: OtherNames = {
	EJobType: { VSphereBackup: ['Backup'] },
	ERepositoryType: { DellDataDomain: ['DDBoost'] },
	ESessionType: {
		AzureInstantRecovery: ['InstantRecovery'],
		BackupJob: ['Job'],
		AzureInstantRecoveryMigration: ['QuickMigration'],
		FileInstantRecovery: ['InstantRecovery'],
		FileInstantRecoveryMigration: ['QuickMigration'],
	},
};

/** Nobody has a specification of these: a server that is said to know them answers as a neighbour. */
const UNSPECIFIED: Partial<Record<ApiVersion, ApiVersion>> = {
	'1.1-rev1': '1.1-rev0',
	'1.1-rev2': '1.2-rev1',
	'1.2-rev0': '1.2-rev1',
};

/**
 * The revision a request asks for, or the refusal. The header is required on every call, the
 * login included. The text's form is what other integrations met in production
 * (VeeamHub/grafana issue 27).
 */
export function revisionOf(header: unknown, supported: readonly ApiVersion[]): ApiVersion | Answer {
	if (typeof header === 'string' && supported.includes(header))
		return UNSPECIFIED[header] ?? header;
	return {
		status: 400,
		body: {
			errorCode: 'NotImplemented',
			message: `Unsupported RESTAPI version. The following versions are supported: ${supported.join(', ')}.`,
			resourceId: '',
		},
	};
}
