import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	fieldsIn,
	isRequired,
	parseType,
	returnsFor,
	minimalValue,
} from '../../../nodes/shared/catalogue';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import type { Operation, Parameter } from '../../../nodes/shared/catalogue/types';
import { AnswerSchema } from './exact.schema';
import { Client, connected, type Asked, type Reply } from './client';
import { placeIn } from './tour';

const catalogue = fromFile(
	JSON.parse(
		readFileSync(
			join(__dirname, '../../../nodes/VeeamBackupReplication/api/operations.json'),
			'utf8',
		),
	),
);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NOWHERE = '11111111-2222-4333-8444-555555555555';

/** Operations that mount what others then look into. */
const MOUNTS =
	/^POST .*(\/publish|\/restore\/flr(\/unstructuredData)?|\/entraId\/(tenant|auditLog)|startBrowse|\/instantRecovery\/(\w+\/(vm|fcd)|unstructuredData))$/;

/** What begins work comes before what reads it, removals come last: so that there is something to call. */
const ORDER = [
	MOUNTS,
	/^POST .*restoreItems$/,
	/^GET/,
	/^POST(?!.*\/(unmount|dismount|unpublish|stop|remove)$)/,
	/^PUT/,
	/^POST/,
	/^DELETE/,
];

const rank = placeIn(ORDER);

function isMount({ method, path }: Operation): boolean {
	return MOUNTS.test(`${method} ${path}`);
}

/** Calls every operation of a version as a client would that takes its ids from the lists. */
class Tour {
	private readonly read: Operation[];

	constructor(
		private readonly client: Client,
		private readonly version: string,
		/** A repository that is an extent. */
		private readonly extent: string,
		/** Session of the last mount by path, for mounts that no list shows. */
		private readonly mounted = new Map<string, string>(),
	) {
		this.read = catalogue.operations.filter(
			({ method, in: versions }) => method === 'GET' && versions.includes(version),
		);
	}

	operations(): Operation[] {
		return catalogue.operations
			.filter((operation) => operation.in.includes(this.version))
			.sort((a, b) => rank(a) - rank(b));
	}

	async call(operation: Operation): Promise<Reply> {
		const path = await this.path(operation);
		const reply = await this.client.ask(`${path}${this.query(operation)}`, {
			method: operation.method,
			version: this.version,
			...this.body(operation),
		});
		if (reply.body?.sessionId) this.mounted.set(path, reply.body.sessionId);
		return reply;
	}

	/** Mounts all there is, as a newer client would: older revisions cannot mount all they can read. */
	async mountAll(): Promise<void> {
		const newest = catalogue.versions[catalogue.versions.length - 1] as string;
		const tour = new Tour(this.client, newest, this.extent, this.mounted);
		for (const operation of tour.operations().filter(isMount)) await tour.call(operation);
	}

	/** The path with an id from the list that leads to it; any id where there is none. */
	private async path({ path, pathParameters = [] }: Operation): Promise<string> {
		let built = '';
		for (const part of path.split('/').slice(1)) {
			const name = /^\{(.+)\}$/.exec(part)?.[1];
			const parameter = pathParameters.find((one) => one.name === name);
			built += `/${parameter ? await this.id(built, parameter) : part}`;
		}
		return built;
	}

	private async id(collection: string, parameter: Parameter): Promise<string> {
		const isEnum = parseType(parameter.type).kind === 'enum';
		if (isEnum) return String(minimalValue(catalogue, parameter.type, this.version));
		const mountedBy = collection.replace(
			'/restore/unstructuredData',
			'/restore/flr/unstructuredData',
		);
		const session = this.mounted.get(mountedBy);
		if (session && parameter.name === 'sessionId') return session;
		const listed = this.read.some((one) => shape(one.path).test(collection));
		const reply = listed ? await this.client.ask(collection, { version: this.version }) : undefined;
		const body = reply?.body;
		const records = [body, body?.data, body?.items].find((one) => Array.isArray(one));
		const [first = {}] = records ?? [];
		const field = [parameter.name, 'id', 'sessionId', ...Object.keys(first)].find(
			(name) =>
				name in first &&
				(name === parameter.name || /id$/i.test(name)) &&
				(parameter.type !== 'uuid' || UUID.test(String(first[name]))),
		);
		if (field) return String(first[field]);
		// VBR 12.0 has what names a host one level down.
		const inside = Object.values(first as Record<string, unknown>).find(
			(one): one is Record<string, unknown> =>
				typeof one === 'object' && one !== null && parameter.name in one,
		);
		return inside && parameter.type !== 'uuid' ? String(inside[parameter.name]) : NOWHERE;
	}

	private query({ query }: Operation): string {
		const search = new URLSearchParams();
		for (const parameter of fieldsIn(catalogue, query, this.version)) {
			if (!isRequired(parameter, this.version)) continue;
			search.append(parameter.name, String(minimalValue(catalogue, parameter.type, this.version)));
		}
		return search.size ? `?${search.toString()}` : '';
	}

	private body({ body }: Operation): Asked {
		if (!body || (body.in && !body.in.includes(this.version))) return {};
		if (body.media === 'binary') {
			return { raw: { type: 'application/octet-stream', content: 'bytes' } };
		}
		const made = minimalValue(catalogue, body.type, this.version) as Record<string, unknown>;
		if (Array.isArray(made.repositoryIds)) made.repositoryIds = [this.extent];
		return { body: made };
	}
}

function shape(path: string): RegExp {
	return new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

/** What is wrong with an answer's shape; nothing where all is well. */
function flaws(operation: Operation, version: string, reply: Reply): string[] {
	const { kind, items, fields, status } = returnsFor(operation, version);
	const found: string[] = [];
	if (!status?.includes(reply.status)) {
		return [`status ${reply.status}: ${JSON.stringify(reply.body).slice(0, 200)}`];
	}
	if (kind === 'nothing') return reply.bytes.length ? ['has a body'] : [];
	if (kind === 'file') {
		const named = /filename=/.test(String(reply.headers['content-disposition']));
		return reply.bytes.length && named ? [] : ['is no file'];
	}
	const isList = kind === 'page' || kind === 'list' || kind === 'sessions';
	const list = items === '' ? reply.body : reply.body?.[items ?? 'data'];
	if (isList && !Array.isArray(list)) return ['is no list'];
	if (kind === 'page' && typeof reply.body.pagination?.total !== 'number') found.push('no total');
	const record = isList ? list[0] : reply.body;
	const names = Object.keys(record ?? {});
	if (record && fields && !names.some((name) => name in fields)) found.push('has no known field');
	const isWork = kind === 'session' || kind === 'sessions' || kind === 'task';
	if (isWork && typeof record?.state !== 'string') found.push('shows no work');
	return found;
}

/** Work that an answer shows must be found under sessions or tasks. */
async function unfollowable(
	client: Client,
	operation: Operation,
	version: string,
	reply: Reply,
): Promise<string[]> {
	const { kind, items = 'data' } = returnsFor(operation, version);
	if (kind !== 'session' && kind !== 'sessions' && kind !== 'task') return [];
	const works: Array<{ id: string }> = kind === 'sessions' ? reply.body[items] : [reply.body];
	const list = kind === 'task' ? '/tasks' : '/sessions';
	const found = await Promise.all(works.map(({ id }) => client.get(`${list}/${id}`, { version })));
	return found.every(({ status }) => status === 200) ? [] : [`is not found under ${list}`];
}

describe('Every operation of the catalogue', () => {
	let client: Client;

	beforeAll(async () => {
		client = await connected({ tokenLifetimeSeconds: 86_400, settings: { downloadBytes: 100 } });
	});
	afterAll(() => client.simulator.close());

	it.each(catalogue.versions)(
		'answers what its schema promises in %s, no field more and none less',
		async (version) => {
			const { control } = client.simulator;
			await control.reset();
			await client.login();
			const { id } = await client.named('/backupInfrastructure/repositories', 'Extent 1');
			const job = await client.named('/jobs', 'Backup - Production VMs');
			const tour = new Tour(client, version, id);
			await tour.mountAll();
			const exact = new AnswerSchema('VeeamBackupReplication');
			const wrong: string[] = [];
			for (const operation of tour.operations()) {
				const name = `${operation.method} ${operation.path}`;
				if (/jobs.{id}.stop$/.test(name)) await control.runJob(job.id);
				const reply = await tour.call(operation);
				// Nothing that was started gets in the way of what comes next.
				await control.advance(10);
				const found = flaws(operation, version, reply);
				if (!found.length) found.push(...(await unfollowable(client, operation, version, reply)));
				if (!found.length) found.push(...exact.flawsOf(operation, version, reply));
				if (found.length) wrong.push(`${name}: ${found.join(', ')}`);
			}

			console.info(`${version}: ${exact.counts()}`);
			expect(wrong).toEqual([]);
			expect(exact.fields).toBeGreaterThan(1000);
		},
		60_000,
	);
});
