/**
 * Random estates of every product and version, good and bad days among them, and their reports.
 */
import { collect as collectMicrosoft365 } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import { collect as collectReplication } from '../../../nodes/VeeamBackupReplication/report/collect';
import { collect as collectConsole } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import type { VeeamClient } from '../../../nodes/shared/http/types';
import type { ReportModel, ReportSection } from '../../../nodes/shared/report/model';
import { speechOf, type Language } from '../../../nodes/shared/report/speech';
import { backupServer, REVISIONS } from '../../support/backupServer';
import { request } from '../../support/reportClient';
import { makeEstate } from '../m365/oracle/estate';
import { diceOf } from '../m365/oracle/random';
import { VERSIONS as MICROSOFT_365 } from '../m365/oracle/schema';
import { serve } from '../m365/oracle/server';
import { consoleOf } from '../vspc/console';
import { estateOf as consoleEstate, VERSIONS as CONSOLES } from '../vspc/estates';
import { estateOf } from './backupReplicationEstate';
import { estateOf as extrasEstate } from './extrasEstate';

const SECTIONS: ReportSection[] = [
	...(['jobs', 'missedRuns', 'unprotected', 'repositories', 'licenses', 'findings'] as const),
	...(['tenants', 'history', 'allJobs'] as const),
];
const TO_CHOOSE: ReportSection[] = [
	...(['about', 'notBackedUp', 'verifications', 'configBackup'] as const),
	...(['infrastructure', 'activities', 'growth', 'scaleOut'] as const),
];
const ALL = [...SECTIONS, ...TO_CHOOSE];

const context = () => ({ getWorkflowStaticData: () => ({}) });

export interface Source {
	name: string;
	client(seed: number): VeeamClient;
	report(client: VeeamClient, language: Language, seed: number): Promise<ReportModel[]>;
}

const wanted = (language: Language, sections = ALL) =>
	request({ language, title: speechOf(language).say('reportTitle'), sections });

export const SOURCES: Source[] = [
	...REVISIONS.flatMap((revision): Source[] =>
		[
			{ name: '', made: estateOf, sections: SECTIONS },
			{ name: ', sections to choose', made: extrasEstate, sections: TO_CHOOSE },
		].map(({ name, made, sections }) => ({
			name: `Backup & Replication ${revision}${name}`,
			client: (seed) => backupServer(revision, made(seed, revision).server),
			report: async (client, language) => [
				await collectReplication(context(), client, wanted(language, sections)),
			],
		})),
	),
	...MICROSOFT_365.map(
		(version): Source => ({
			name: `Microsoft 365 ${version}`,
			client: (seed) => serve(makeEstate(diceOf(seed), version)).client,
			report: async (client, language) => [
				await collectMicrosoft365(context(), client, wanted(language)),
			],
		}),
	),
	...CONSOLES.map(
		(version): Source => ({
			name: `Service Provider Console ${version}`,
			client: (seed) => consoleOf(consoleEstate(seed, version), 500).client,
			report: async (client, language, seed) =>
				await collectConsole(context(), client, {
					...wanted(language),
					onePerTenant: seed % 2 === 0,
				}),
		}),
	),
];
