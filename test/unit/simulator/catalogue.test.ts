import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { returnsFor } from '../../../nodes/shared/catalogue';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import type { Operation } from '../../../nodes/shared/catalogue/types';
import { AnswerSchema } from './exact.schema';
import { connected, type Client, type Reply } from './client';
import { CatalogueTour, placeIn } from './tour';

const catalogue = fromFile(
	JSON.parse(
		readFileSync(
			join(__dirname, '../../../nodes/VeeamBackupReplication/api/operations.json'),
			'utf8',
		),
	),
);

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

const operationsIn = (version: string): Operation[] =>
	catalogue.operations
		.filter((operation) => operation.in.includes(version))
		.sort((a, b) => rank(a) - rank(b));

/** Files of unstructured data are mounted at another path than they are read at. */
const mountedAt = (collection: string): string =>
	collection.replace('/restore/unstructuredData', '/restore/flr/unstructuredData');

function isMount({ method, path }: Operation): boolean {
	return MOUNTS.test(`${method} ${path}`);
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
	const works: Array<{ id: string; state?: unknown }> =
		kind === 'sessions' ? (reply.body?.[items] ?? []) : [reply.body ?? {}];
	if (works.some(({ state }) => typeof state !== 'string')) return ['shows no work'];
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
			/** Session of the last mount by path, for mounts that no list shows. */
			const mounted = new Map<string, string>();
			const tourOf = (of: string) =>
				new CatalogueTour({
					...{ catalogue, client, version: of, prefix: '', headers: { 'x-api-version': of } },
					...{ listField: 'data', otherListField: 'items', idFields: ['id', 'sessionId'] },
					inBodies: { repositoryIds: [id] },
					always: ({ name }, collection) =>
						name === 'sessionId' ? mounted.get(mountedAt(collection)) : undefined,
				});
			// As a newer client would: older revisions cannot mount all they can read.
			const newest = catalogue.versions.at(-1)!;
			const mounter = tourOf(newest);
			for (const operation of operationsIn(newest).filter(isMount)) {
				const { body } = await mounter.call(operation);
				if (body?.sessionId) mounted.set(mounter.sent, body.sessionId);
			}
			const tour = tourOf(version);
			const exact = new AnswerSchema('VeeamBackupReplication');
			const before = async (name: string) => {
				if (/jobs.{id}.stop$/.test(name)) await control.runJob(job.id);
				return undefined;
			};
			const after = async (operation: Operation, reply: Reply) => {
				if (reply.body?.sessionId) mounted.set(tour.sent, reply.body.sessionId);
				// Nothing that was started gets in the way of what comes next.
				await control.advance(10);
				const { kind } = returnsFor(operation, version);
				if (kind === 'nothing' && reply.bytes.length > 0) return ['has a body'];
				return await unfollowable(client, operation, version, reply);
			};
			const wrong = await tour.judge(operationsIn(version), exact, before, after);

			console.info(`${version}: ${exact.counts()}`);
			expect(wrong).toEqual([]);
			expect(exact.fields).toBeGreaterThan(1000);
		},
		60_000,
	);
});
