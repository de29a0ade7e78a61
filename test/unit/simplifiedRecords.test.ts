/**
 * What Simplify adds to the records of every operation of every version: names beside IDs, sizes in
 * gigabytes, ages. The records, and what their numbers are, come from the vendor's own files; which list
 * has the name of what is written down here.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { PRODUCTS, type ProductKey, type RegisteredProduct } from '../../nodes/products';
import { simplifies } from '../../nodes/shared/binding/parameterBinding';
import { returnsFor } from '../../nodes/shared/catalogue';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { connect } from '../../nodes/shared/http';
import type { VeeamRequest } from '../../nodes/shared/http/types';
import { send } from '../../nodes/shared/runtime/output';
import type { Schema } from '../contract/openapi';
import { SampleAnswers } from '../support/sampleAnswers';
import { answeredOperations, describeSpecified } from '../support/specified';

/** The server's clock: none of this machine's. */
const NOW = '2026-02-01T00:00:00Z';

let asked: string[];
let respond: (request: VeeamRequest) => unknown;

jest.mock('../../nodes/shared/http/request', () => ({
	...jest.requireActual<object>('../../nodes/shared/http/request'),
	send: async (_: unknown, request: VeeamRequest) => {
		asked.push(request.path);
		return {
			status: 200,
			headers: { date: new Date('2026-02-01T00:00:00Z').toUTCString() },
			body: JSON.stringify(respond(request) ?? ''),
		};
	},
}));

/** The list that has the name of what a field names, and the field of its entries with the ID. */
const LISTS: Record<ProductKey, Record<string, string>> = {
	vbr: {
		accessCredentialsId: '/api/v1/credentials',
		backupId: '/api/v1/backups',
		backupRepositoryId: '/api/v1/backupInfrastructure/repositories',
		cacheRepositoryId: '/api/v1/backupInfrastructure/repositories',
		credentialsId: '/api/v1/credentials',
		domainId: '/api/v1/adDomains',
		hostId: '/api/v1/backupInfrastructure/managedServers',
		jobId: '/api/v1/jobs',
		primaryJobId: '/api/v1/jobs',
		protectionGroupId: '/api/v1/agents/protectionGroups',
		repositoryId: '/api/v1/backupInfrastructure/repositories',
		storageHostId: '/api/v1/backupInfrastructure/managedServers',
	},
	vb365: {
		accountId: '/Accounts',
		backedUpOrganizationId: '/Organizations',
		backupJobId: '/Jobs',
		encryptionKeyId: '/EncryptionKeys',
		jobId: '/Jobs',
		organizationId: '/Organizations',
		proxyId: '/Proxies',
		proxyPoolId: '/ProxyPools',
		repositoryId: '/BackupRepositories',
	},
	vspc: {
		alarmTemplateUid: '/alarms/templates',
		assignedCompanyUid: '/organizations/companies',
		backupAgentUid: '/infrastructure/backupAgents',
		backupServerUid: '/infrastructure/backupServers',
		backupUid: '/infrastructure/sites/backups',
		companyUid: '/organizations/companies',
		guestOsCredentialsUid: '/infrastructure/sites/publicCloud/guestOsCredentials',
		hardwarePlanUid: '/infrastructure/sites/hardwarePlans',
		archiveRepositoryUid: '/infrastructure/backupServers/repositories',
		assignedResellerUid: '/organizations/resellers',
		linkedJobUid: '/infrastructure/backupServers/jobs',
		linkedRepositoryUid: '/infrastructure/backupServers/repositories',
		sourceBackupJobUid: '/infrastructure/vb365Servers/organizations/jobs',
		sourceFileShareJobUid: '/infrastructure/backupServers/jobs',
		sourceObjectStorageBackupJobUid: '/infrastructure/backupServers/jobs',
		jobUid: '/infrastructure/backupServers/jobs',
		locationUid: '/organizations/locations',
		managementAgentUid: '/infrastructure/managementAgents',
		mappedOrganizationUid: '/organizations/companies',
		organizationUid: '/organizations',
		planUid: '/infrastructure/backupServers/failoverplans',
		pluginId: '/plugins/',
		repositoryUid: '/infrastructure/backupServers/repositories',
		resellerUid: '/organizations/resellers',
		ruleUid: '/discovery/rules',
		siteUid: '/infrastructure/sites',
		subscriptionPlanUid: '/subscriptionPlans',
		subtenantUid: '/infrastructure/sites/tenants/subtenants',
		targetRepositoryUid: '/infrastructure/backupServers/repositories',
		tenantUid: '/infrastructure/sites/tenants',
		userUid: '/users',
		vb365JobUid: '/infrastructure/vb365Servers/organizations/jobs',
		vb365ServerUid: '/infrastructure/vb365Servers',
		vbrServerUid: '/infrastructure/backupServers',
		vspcOrganizationUid: '/organizations/companies',
		wanAcceleratorUid: '/infrastructure/sites/wanAccelerators',
	},
};

/** What is read second, where the first list does not have the name. */
const SECOND = new Set(['/CopyJobs', '/api/v1/backupInfrastructure/scaleOutRepositories']);

/** Sizes that stay in bytes: of single files, documents and mails, and of machines' main memory. */
const SMALL = /^(size|fileSize|itemSizeBytes|sizeBytes|pstSizeLimitBytes)$/;
/** Said to be in bytes by one place of the files and in gigabytes by another. */
const UNCLEAR: Record<string, RegExp> = {
	vspc: /hostedResources\/.* storageQuota$|traffic dataTransferOutQuota$/,
	vb365: /EC2Resources.* memory$/,
};

interface Execution {
	hints: string[];
	run(operation: Operation, records: unknown): Promise<IDataObject[]>;
}

/** An execution of a node: all its items share the context. */
async function execution(
	{ product }: Pick<RegisteredProduct, 'product'>,
	version: string,
): Promise<Execution> {
	const hints: string[] = [];
	const context = {
		getNode: () => ({ name: 'Veeam', type: 'veeam', typeVersion: 1, parameters: {} }),
		getCredentials: async () => ({
			serverUrl: 'https://server.example',
			authentication: 'token',
			accessToken: 'token',
			apiVersion: version,
		}),
		addExecutionHints: ({ message }: { message: string }) =>
			message.startsWith('Simplify') ? hints.push(message) : undefined,
	} as unknown as IExecuteFunctions;
	const client = await connect(context, 0, product.adapter);
	return {
		hints,
		async run(operation, answer) {
			const lists = respond;
			respond = (request) => (request.label === 'Simplify' ? lists(request) : answer);
			const items = await send(
				{ context, client, product, itemIndex: 0 },
				operation,
				returnsFor(operation, version),
				{
					method: operation.method,
					path: operation.path,
					label: 'Main',
					pathParameters: Object.fromEntries(
						(operation.pathParameters ?? []).map(({ name }) => [name, '1']),
					),
				},
				{ simplify: true, outputField: 'data', pageIn: 'none' },
			);
			respond = lists;
			return items.map(({ json }) => json);
		},
	};
}

/** A list that knows a name for every ID: it says which list gave it. */
const everyName = (ids: string[], idField: string) => (request: VeeamRequest) => {
	const list = ids.map((id) => {
		const name = `${request.path} has ${id}`;
		return {
			...{ id, [idField]: id, name, userName: name, username: name, description: name },
			...{ hostName: name, siteName: name, friendlyName: name, serverName: name },
			...{ credentials: { userName: name }, objectName: name },
			...{ pluginId: id, guestOsCredentialsUid: id, siteUid: id },
		};
	});
	const total = list.length;
	return { data: list, results: list, total, meta: { pagingInfo: { total } } };
};

/** The values of all fields that are called as IDs are. */
const idsIn = (value: unknown): string[] => {
	const found = JSON.stringify(value).matchAll(/"\w+(?:Id|Uid)":(?:"([^"]+)"|(\d+))/g);
	return [...new Set([...found].map(([, text, number]) => text ?? number ?? ''))];
};

describeSpecified(({ registered, version, file }) => {
	const samples = new SampleAnswers(file);
	const read = answeredOperations({ registered, version }, samples).filter(({ operation }) =>
		simplifies(operation),
	);
	const listPaths = new Set<string | undefined>(
		registered.product.adapter
			.catalogue()
			.operations.filter(
				({ method, in: versions }) => method === 'GET' && versions.includes(version),
			)
			.map(({ path }) => path),
	);

	/** The fields of the record that an operation answers with, as the file has them. */
	function recordOf(operation: Operation, schema: Schema): Record<string, Schema> {
		const { kind, items } = returnsFor(operation, version);
		let record = samples.whole(schema);
		if (items) record = samples.whole(record.properties?.[items]);
		if (kind === 'page' || kind === 'list' || kind === 'sessions')
			record = samples.whole(record.items ?? record);
		return record.properties ?? {};
	}

	it('says the names of what IDs name, from one list a kind, read once for all items', async () => {
		const wrong: string[] = [];
		const named = new Set<string>();
		const idField = registered.key === 'vspc' ? 'instanceUid' : 'id';
		for (const { operation, schema } of read) {
			if (operation.method !== 'GET') continue;
			const say = (what: string) => wrong.push(`${operation.id}: ${what}`);
			const answer = samples.sample(schema);
			const fields = Object.keys(recordOf(operation, schema));
			const ids = idsIn(answer);
			respond = everyName(ids, idField);
			asked = [];
			const one = await execution(registered, version);
			const items = await one.run(operation, answer);
			const lists = asked.slice(1).filter((path) => !SECOND.has(path));
			if (new Set(asked.slice(1)).size !== asked.length - 1) say(`asked twice: ${asked.join(' ')}`);
			if (new Set(lists).size > 3) say(`asked for ${lists.length} lists`);
			const before = asked.length;
			const again = await one.run(operation, answer);
			if (asked.length !== before + 1) say(`asked again: ${asked.slice(before + 1).join(' ')}`);
			if (JSON.stringify(again) !== JSON.stringify(items)) say('the second item is another');
			if (one.hints.length > 0) say(one.hints.join(' '));

			const known = { ...LISTS[registered.key] };
			if (operation.path.includes('/computersManagedByConsole/'))
				known.jobUid = '/infrastructure/backupAgents/jobs';
			const isWide = Object.keys(operation.returns.fields ?? {}).length > 10;
			const expected = fields.filter((field) => {
				const name = `${field.replace(/(Id|Uid)$/, '')}Name`;
				return (
					field in known &&
					known[field] !== operation.path &&
					!fields.some((other) => other.toLowerCase() === name.toLowerCase()) &&
					!(field === 'jobId' && fields.includes('sessionType')) &&
					listPaths.has(known[field])
				);
			});
			for (const field of expected) {
				const name = `${field.replace(/(Id|Uid)$/, '')}Name`;
				for (const item of items) {
					if (!(name in item)) continue;
					named.add(field);
					if (!String(item[name]).startsWith(`${known[field]} has `))
						say(`${name} is ${JSON.stringify(item[name])}`);
					if (
						item[field] !== undefined &&
						item[name] !== `${known[field]} has ${String(item[field])}`
					)
						say(`${name} of ${String(item[field])} is ${JSON.stringify(item[name])}`);
				}
			}
			const ownFields = (item: IDataObject) =>
				Object.keys(item).filter((name) => fields.includes(name) || /GB$/.test(name)).length;
			const kinds = new Set(expected.map((field) => known[field]));
			const shown = expected.filter((field) =>
				items.some((item) => `${field.replace(/(Id|Uid)$/, '')}Name` in item),
			);
			if (items.length > 0 && kinds.size <= 3 && shown.length < expected.length)
				say(`has names of ${shown.join()} alone, not of ${expected.join()}`);
			if (items.length > 0 && isWide && items.some((item) => ownFields(item) > 10))
				say('has more than ten fields of the server');
		}
		expect(wrong).toEqual([]);
		expect(named.size).toBeGreaterThan({ vbr: 4, vb365: 3, vspc: 12 }[registered.key]);
	});

	it('says in gigabytes what the file says to be bytes, and nothing else', async () => {
		const wrong: string[] = [];
		let converted = 0;
		let said = 0;
		respond = () => ({ data: [], results: [] });
		for (const { operation, schema } of read) {
			asked = [];
			const answer = samples.sample(schema);
			const record = recordOf(operation, schema);
			const items = await (await execution(registered, version)).run(operation, answer);
			for (const [name, one] of Object.entries(record)) {
				const { type, description = '' } = samples.whole(one);
				if (type !== 'integer' && type !== 'number') continue;
				const place = `${operation.path} ${name}`;
				const isBytes =
					/\bbytes\b/i.test(description) || (/Bytes$/.test(name) && description === '');
				const isOther =
					/\b(GB|MB|KB|TB)\b/.test(description) || /(GB|Gb|MB|Mb|Kb|Tb|TB)$/.test(name);
				if (UNCLEAR[registered.key]?.test(place)) continue;
				const bytes = items.some((item) => name in item);
				const gigabytes = items.find((item) => `${name.replace(/Bytes$/, '')}GB` in item);
				if (isOther && gigabytes && !/GB$/.test(name))
					wrong.push(`${place}: is no number of bytes`);
				if (isBytes && !isOther && bytes && !SMALL.test(name))
					wrong.push(`${place}: still in bytes`);
				if (bytes && gigabytes && !/GB$/.test(name)) wrong.push(`${place}: said twice`);
				if (isBytes && !isOther) said += 1;
				if (gigabytes && isBytes) converted += 1;
			}
		}
		expect(wrong).toEqual([]);
		// VBR 12.0 says nothing in bytes.
		expect(converted > 0).toBe(said > 0);
		expect(said > 0 || version === '1.1-rev0').toBe(true);
	});

	it('says how old the last run or point is, by the clock of the server', async () => {
		const wrong: string[] = [];
		let told = 0;
		respond = () => ({ data: [], results: [] });
		for (const { operation, schema } of read) {
			asked = [];
			const record = recordOf(operation, schema);
			const items = await (
				await execution(registered, version)
			).run(operation, samples.sample(schema));
			for (const item of items)
				for (const [name, value] of Object.entries(item)) {
					if (!/geHours$/.test(name)) continue;
					// A text that the file does not say to be a time.
					if (/^lastSessionEnd/.test(name)) continue;
					told += 1;
					// All times of the samples are two hours old.
					if (value !== 2) wrong.push(`${operation.id}: ${name} is ${JSON.stringify(value)}`);
				}
			const times = Object.keys(record).filter(
				(name) => samples.whole(record[name]).format === 'date-time',
			);
			const last = times.filter((name) =>
				/^(last|latest)(Run|Backup|RestorePoint|Heartbeat)/.test(name),
			);
			for (const name of last)
				if (
					items.some(
						(item) => name in item && !Object.keys(item).some((other) => /geHours$/.test(other)),
					)
				)
					wrong.push(`${operation.id}: ${name} without an age`);
			if (
				/restorePoints$/i.test(operation.path) &&
				times.length > 0 &&
				!items.some((item) => 'ageHours' in item)
			)
				wrong.push(`${operation.id}: points without an age, ${times.join()}`);
		}
		expect(wrong).toEqual([]);
		expect(told).toBeGreaterThan(3);
	});
});

describe('names that cannot be had', () => {
	const vbr = PRODUCTS.find(({ key }) => key === 'vbr')!;
	const points = vbr.product.adapter
		.catalogue()
		.operations.find(({ id }) => id === 'getManyRestorePoints')!;
	const of = (backupId: unknown) => ({
		data: [{ id: '1', name: 'dc01', creationTime: NOW, backupId, originalSize: 5 * 1024 ** 3 }],
	});

	it('are left out and told of once where the list is no list', async () => {
		respond = () => 'Sign in';
		asked = [];
		const run = await execution(vbr, '1.3-rev2');
		for (const id of ['a1', 'a2']) {
			const [item] = await run.run(points, of(id));
			expect(item).toMatchObject({ name: 'dc01', originalSizeGB: 5, ageHours: 0 });
			expect(item).not.toHaveProperty('backupName');
		}
		expect(asked).toEqual([points.path, '/api/v1/backups', points.path]);
		expect(run.hints).toEqual([
			'Simplify could not add all names from "Get Many (Backup)": the list cannot be read: The server did not answer with a list. The IDs are there with Simplify off.',
		]);
	});

	it('are null where the list is too long to be read to its end, and told of', async () => {
		respond = ({ query }) => ({
			data: Array.from({ length: 500 }, (_, index) => ({
				id: `b${Number(query?.skip) + index}`,
				name: `Backup ${Number(query?.skip) + index}`,
			})),
			pagination: { total: 100_000, count: 500 },
		});
		asked = [];
		const run = await execution(vbr, '1.3-rev2');
		expect((await run.run(points, of('b3')))[0]!.backupName).toBe('Backup 3');
		// As far as it takes, and no further.
		expect(asked.filter((path) => path === '/api/v1/backups')).toHaveLength(1);
		expect(run.hints).toEqual([]);
		expect((await run.run(points, of('b1700')))[0]!.backupName).toBe('Backup 1700');
		expect((await run.run(points, of('b99999')))[0]!.backupName).toBeNull();
		expect((await run.run(points, of('b99998')))[0]!.backupName).toBeNull();
		expect(asked.filter((path) => path === '/api/v1/backups')).toHaveLength(4);
		expect(run.hints).toEqual([
			'Simplify could not add all names from "Get Many (Backup)": the list is long, and only its first 2000 were read. The IDs are there with Simplify off.',
		]);
	});

	it('are null, and told of once, where the whole list has no entry with the ID', async () => {
		respond = () => ({
			data: [{ id: 'b1', name: 'Backup 1' }],
			pagination: { total: 1, count: 1 },
		});
		asked = [];
		const run = await execution(vbr, '1.3-rev2');
		expect((await run.run(points, of('b1')))[0]!.backupName).toBe('Backup 1');
		expect(run.hints).toEqual([]);
		for (const deleted of ['b2', 'b3'])
			expect((await run.run(points, of(deleted)))[0]!.backupName).toBeNull();
		expect(run.hints).toEqual([
			'Simplify could not add all names from "Get Many (Backup)": some IDs are not in it: what they name may have been deleted, or the account may not see it. The IDs are there with Simplify off.',
		]);
	});

	it('are not guessed where several entries have the ID and different names', async () => {
		respond = () => ({
			data: [
				{ id: 'b1', name: 'Of the first server' },
				{ id: 'b1', name: 'Of its clone' },
				{ id: 'b2', name: 'Backup 2' },
			],
			pagination: { total: 3, count: 3 },
		});
		asked = [];
		const run = await execution(vbr, '1.3-rev2');
		expect((await run.run(points, of('b1')))[0]!.backupName).toBeNull();
		expect((await run.run(points, of('b2')))[0]!.backupName).toBe('Backup 2');
		expect(run.hints).toEqual([
			expect.stringContaining('several of its entries have the same ID and different names'),
		]);
	});

	it('are bounded where each of 10,000 rows names another object', async () => {
		respond = ({ query }) => ({
			data: Array.from({ length: 500 }, (_, index) => ({
				id: `b${Number(query?.skip) + index}`,
				name: `Backup ${Number(query?.skip) + index}`,
			})),
			pagination: { total: 10_000, count: 500 },
		});
		asked = [];
		const run = await execution(vbr, '1.3-rev2');
		const items = await run.run(points, {
			data: Array.from({ length: 10_000 }, (_, index) => of(`b${index}`).data[0]!),
		});
		expect(items).toHaveLength(10_000);
		expect(items[1_999]!.backupName).toBe('Backup 1999');
		expect(items[9_999]!.backupName).toBeNull();
		expect(asked.filter((path) => path === '/api/v1/backups')).toHaveLength(4);
		expect(run.hints).toEqual([expect.stringContaining('only its first 2000 were read')]);
	});

	it('are not asked for where the IDs stand for nothing', async () => {
		asked = [];
		const run = await execution(vbr, '1.3-rev2');
		for (const nothing of [null, undefined, '', '00000000-0000-0000-0000-000000000000'])
			expect((await run.run(points, of(nothing)))[0]).not.toHaveProperty('backupName');
		expect(new Set(asked)).toEqual(new Set([points.path]));
	});

	it('are looked for in the second list that has them', async () => {
		const m365 = PRODUCTS.find(({ key }) => key === 'vb365')!;
		const sessions = m365.product.adapter
			.catalogue()
			.operations.find(({ id }) => id === 'getJobSessions')!;
		const page = (...results: IDataObject[]) => ({ results, total: results.length });
		respond = ({ path }) =>
			path === '/CopyJobs' ? page({ id: 'c1', name: 'Copy' }) : page({ id: 'j1', name: 'Mail' });
		const links = { job: { href: '/v6/CopyJobs/c1' } };
		for (const [version, record] of [
			['v8', { id: '1', jobId: 'c1', status: 'Success' }],
			// Older versions link alone.
			['v6', { id: '1', _links: links, status: 'Success' }],
		] as const) {
			asked = [];
			const [item] = await (await execution(m365, version)).run(sessions, { results: [record] });
			expect(item).toMatchObject({ jobName: 'Copy', status: 'Success' });
			// Lists without a total end with an empty page.
			expect([...new Set(asked)]).toEqual(['/JobSessions', '/Jobs', '/CopyJobs']);
		}
	});
});
