import { Client, connected } from './client';

interface Named {
	id: string;
	name: string;
	[field: string]: unknown;
}

describe('Lists of the simulated backup server', () => {
	let client: Client;
	const names = async (path: string): Promise<string[]> =>
		(await client.get(path)).body.data.map(({ name }: Named) => name);

	beforeAll(async () => {
		client = await connected();
	});
	afterAll(() => client.simulator.close());

	it('shows repositories in every state a report has to cope with', async () => {
		const { body } = await client.get('/backupInfrastructure/repositories/states');
		const byName = new Map<string, Named>(body.data.map((state: Named) => [state.name, state]));

		expect(body.pagination).toEqual({ total: 11, count: 11, skip: 0, limit: 200 });
		expect(byName.get('NAS Repository')).toMatchObject({ type: 'Smb', isOnline: false });
		expect(byName.get('Linux Repository')).toMatchObject({ isOutOfDate: true });
		expect(byName.get('S3 Offsite Bucket')).toMatchObject({ capacityGB: 0, usedSpaceGB: 12833.3 });
		expect(byName.get('Default Backup Repository')).toMatchObject({
			capacityGB: 199.4,
			freeGB: 11.2,
		});
		expect(byName.get('Extent 1')).toMatchObject({
			scaleOutRepositoryDetails: {
				membership: 'Scale-out Repository 1',
				extentType: 'Performance',
			},
		});
	});

	it('cuts pages by skip and limit, and says how many there are', async () => {
		const all = await names('/jobs');
		const { body } = await client.get('/jobs?skip=10&limit=5');
		const beyond = await client.get('/jobs?skip=500');

		expect(body.data.map(({ name }: Named) => name)).toEqual(all.slice(10));
		expect(body.pagination).toEqual({ total: 12, count: 2, skip: 10, limit: 5 });
		expect(beyond.body).toEqual({
			data: [],
			pagination: { total: 12, count: 0, skip: 500, limit: 200 },
		});
	});

	it('finds names by part and by pattern, whatever their case', async () => {
		expect(await names('/jobs?nameFilter=agents')).toEqual([
			'Agents - Branch Servers',
			'Agents - Linux',
		]);
		expect(await names('/jobs?nameFilter=*Linux')).toEqual(['Agents - Linux']);
		expect(await names('/jobs?nameFilter=Linux*')).toEqual([]);
		expect(await names('/jobs?nameFilter=zzz')).toEqual([]);
	});

	it('filters by type, by several types, by nested results and by booleans', async () => {
		const { body } = await client.get('/sessions?resultFilter=Failed&resultFilter=Warning');
		const results = new Set(body.data.map(({ result }: { result: Named }) => result.result));

		expect(results).toEqual(new Set(['Failed', 'Warning']));
		expect(await names('/jobs?typeFilter=hypervbackup')).toEqual(['Backup - Hyper-V Cluster']);
		expect(
			await names('/backupInfrastructure/repositories/states?typeFilter=Smb&typeFilter=AzureBlob'),
		).toEqual(['NAS Repository', 'Azure Archive Container']);
		expect(await names('/backupInfrastructure/repositories/states?isOnlineFilter=false')).toEqual([
			'NAS Repository',
		]);
		expect(
			await names('/backupInfrastructure/repositories/states?excludeExtents=true'),
		).toHaveLength(8);
	});

	it('filters by time and by job', async () => {
		const job = await client.named('/jobs', 'Backup - Exchange');
		const since = new Date(Date.now() - 2 * 86_400_000).toISOString();
		const { body } = await client.get(
			`/sessions?jobIdFilter=${job.id}&createdAfterFilter=${encodeURIComponent(since)}`,
		);

		expect(body.data).toHaveLength(2);
		for (const session of body.data) {
			expect(session.jobId).toBe(job.id);
			expect(Date.parse(session.creationTime)).toBeGreaterThan(Date.parse(since));
		}
	});

	it('orders by a column, up and down', async () => {
		const up = await names('/jobs?orderColumn=Name&orderAsc=true');
		const down = await names('/jobs?orderColumn=Name&orderAsc=false');

		expect(up).toEqual([...up].sort());
		expect(down).toEqual([...up].reverse());
	});

	it('spells enums as the revision does', async () => {
		const status = async (version: string) =>
			(await client.get('/jobs/states?nameFilter=Exchange', { version })).body.data[0].status;

		expect(await status('1.2-rev1')).toBe('inactive');
		expect(await status('1.3-rev2')).toBe('Inactive');
	});

	it('writes logs and findings in envelopes of their own', async () => {
		const { body } = await client.get('/sessions?limit=1');
		const log = await client.get(`/sessions/${body.data[0].id}/logs`);
		const findings = await client.get('/securityAnalyzer/bestPractices');

		expect(Object.keys(log.body)).toEqual(['totalRecords', 'records']);
		expect(Object.keys(findings.body)).toEqual(['items']);
	});

	it('holds 10,000 sessions that arrive complete, in order, and the same in every run', async () => {
		const { control } = client.simulator;
		const before = (await client.get('/sessions?limit=1')).body.pagination.total;
		expect(await control.addSessions(10_000)).toBe(before + 10_000);

		const seen: Named[] = [];
		for (let skip = 0; ; skip = seen.length) {
			const { body } = await client.get(`/sessions?skip=${skip}&limit=2500`);
			if (!body.data.length) break;
			seen.push(...body.data);
		}

		expect(seen).toHaveLength(before + 10_000);
		expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
		const times = seen.map(({ creationTime }) => String(creationTime));
		expect(times).toEqual([...times].sort().reverse());
		const oldest = seen[seen.length - 1]?.id;
		await control.reset();
		await client.login();
		await control.addSessions(10_000);
		const last = await client.get(`/sessions?skip=${before + 9_999}&limit=1`);
		expect(last.body.data[0].id).toBe(oldest);
	});
});
