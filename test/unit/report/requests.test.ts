/**
 * What the sections cost: the requests that docs/report.md states, counted at servers of every version on
 * which everything fits on one page and nothing has failed.
 */
import type { VeeamClient } from '../../../nodes/shared/http/types';
import type { ReportSection } from '../../../nodes/shared/report/model';

import { VERSIONS, wellOf } from './wellEstates';

jest.setTimeout(120_000);

const counting = (client: VeeamClient): { client: VeeamClient; paths: string[] } => {
	const paths: string[] = [];
	return {
		paths,
		client: {
			...client,
			request: async (one) => {
				paths.push(one.path);
				return await client.request(one);
			},
			list: async (one, options) => {
				paths.push(one.path);
				return await client.list(one, options);
			},
		},
	};
};

type Costs = Partial<Record<ReportSection, number>>;

interface Stated {
	head: number;
	/** Sections that are there by default, each alone, without the head. */
	alone: Costs;
	/** Sections to choose, in addition to those that are there by default. */
	besides: Costs;
	/** All that are there by default. */
	together: number;
}

function statedOf(version: string, organizations: number, storage: number): Stated {
	const isOldest = version.endsWith('1.2-rev1');
	const hasTasks = !version.endsWith('1.3-rev2');
	if (version.startsWith('Backup'))
		return {
			head: 1,
			alone: { jobs: 2, unprotected: 2, repositories: 1, licenses: 1, findings: 2 },
			besides: {
				...{ allJobs: isOldest ? 1 : 0, about: 0, notBackedUp: 1 + SERVERS, verifications: 2 },
				...{ configBackup: 1, infrastructure: isOldest ? 1 : 2, activities: 1 },
				...{ growth: hasTasks ? 1 : 0, scaleOut: 1 },
			},
			together: 13,
		};
	if (version.startsWith('Microsoft'))
		return {
			head: 1,
			alone: {
				...{ jobs: 3, repositories: 1 + storage, licenses: 1, findings: 2 },
				// The jobs, what is backed up, and the users of each organization.
				unprotected: 2 + (version.endsWith('v8') ? 2 : 1) + organizations,
			},
			besides: { allJobs: 0, about: 0, growth: 0, activities: version.endsWith('v8') ? 3 : 2 },
			together: 13,
		};
	return {
		head: 2,
		alone: {
			...{ jobs: 3, unprotected: 3, repositories: 2, licenses: 5, findings: 1, tenants: 4 },
		},
		besides: {
			...{ allJobs: 0, about: 0, verifications: 1, infrastructure: 2, activities: 1 },
			...{ growth: 0, scaleOut: 0, history: version.endsWith('3.5.1') ? 0 : 1 },
		},
		together: 14,
	};
}

/** Virtualization servers behind the backup server. */
const SERVERS = 1;

const DEFAULTS: ReportSection[] = [
	...(['jobs', 'missedRuns', 'unprotected', 'repositories', 'licenses', 'findings'] as const),
];

describe.each(VERSIONS)('%s', (version) => {
	it('asks for each section as often as is stated', async () => {
		const { product, bodies } = await wellOf(version);
		const isConsole = version.startsWith('Service');
		const usual: ReportSection[] = [...DEFAULTS, isConsole ? 'tenants' : 'history'];
		const asked = async (sections: ReportSection[]): Promise<string[]> => {
			const { client, paths } = counting(product.client());
			await product.report(client, 'en', { sections });
			return paths;
		};
		const all = await asked(usual);
		const organizations = all.filter((path) => path.includes('/Users')).length;
		const stated = statedOf(
			version,
			organizations,
			Number(bodies.has('/objectstoragerepositories')),
		);
		const found: Record<string, number> = {};
		for (const section of Object.keys(stated.alone) as ReportSection[])
			found[section] = (await asked([section])).length - stated.head;
		expect(found).toEqual(stated.alone);
		const more: Record<string, number> = {};
		for (const section of Object.keys(stated.besides) as ReportSection[])
			more[section] = (await asked([...usual, section])).length - all.length;
		expect(more).toEqual(stated.besides);
		expect(all.length).toBeLessThanOrEqual(stated.together);
		console.info(`${version}: ${all.length} by default, ${JSON.stringify({ ...found, ...more })}`);
	});
});
