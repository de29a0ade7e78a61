import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, HOST } from '../../demo/ports';

/** Debian puts PostgreSQL's programs beside the path, by version. */
const POSTGRES_FOLDER = '/usr/lib/postgresql';

function programs(): Record<'redis' | 'initdb' | 'postgres', string | undefined> {
	const beside = existsSync(POSTGRES_FOLDER)
		? readdirSync(POSTGRES_FOLDER).map((version) => join(POSTGRES_FOLDER, version, 'bin'))
		: [];
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...beside.sort().reverse()];
	const find = (name: string) =>
		folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
	return { redis: find('redis-server'), initdb: find('initdb'), postgres: find('postgres') };
}

/** Why queue mode cannot be tested on this machine; undefined where it can. */
export function missing(): string | undefined {
	if (process.platform === 'win32') return 'Redis does not run on Windows';
	const { redis, initdb, postgres } = programs();
	const lacks = [!redis && 'redis-server', (!initdb || !postgres) && 'postgresql'].filter(Boolean);
	if (lacks.length > 0)
		return `${lacks.join(' and ')} missing (Debian: apt-get install redis-server postgresql)`;
	if (process.getuid?.() === 0 && !postgresUser())
		return 'PostgreSQL does not run as root, and there is no user postgres';
	return undefined;
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): { uid: number; gid: number } | undefined {
	const id = (flag: string) =>
		Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || NaN);
	const [uid, gid] = [id('-u'), id('-g')];
	return Number.isNaN(uid) || Number.isNaN(gid) ? undefined : { uid, gid };
}

export interface Services {
	/** What n8n has to be told of them. */
	env: Record<string, string>;
	stop(): Promise<void>;
}

/** Starts Redis and PostgreSQL, empty, for this machine only, with all they write in `folder`. */
export async function startServices(folder: string): Promise<Services> {
	const { redis, initdb, postgres } = programs();
	const user = process.getuid?.() === 0 ? postgresUser() : undefined;
	const [redisPort, postgresPort] = [await freePort(), await freePort()];
	const started: ChildProcess[] = [];
	const stop = async () => {
		for (const child of started.splice(0).reverse()) await end(child);
	};
	const run = (name: string, program: string, parameters: string[], as = {}) => {
		const log = openSync(join(folder, `${name}.log`), 'a');
		started.push(spawn(program, parameters, { cwd: folder, stdio: ['ignore', log, log], ...as }));
	};
	try {
		run('redis', redis!, [
			...['--bind', HOST, '--port', String(redisPort)],
			...['--save', '', '--appendonly', 'no', '--dir', folder],
		]);
		const data = join(folder, 'postgres');
		mkdirSync(data);
		if (user) chownSync(data, user.uid, user.gid);
		const created = spawnSync(
			initdb!,
			['--pgdata', data, '--username', 'n8n', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
			{ ...user, cwd: data, encoding: 'utf8' },
		);
		if (created.status !== 0) throw new Error(`initdb failed: ${created.stderr}`);
		run(
			'postgres',
			postgres!,
			[
				...['-D', data, '-p', String(postgresPort), '-h', HOST],
				...['-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=50'],
			],
			{ ...user, cwd: data },
		);
		await untilItListens(redisPort);
		await untilItListens(postgresPort);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: '',
			// Two connections and five seconds are n8n's own: 200 runs at once on a busy machine of two
			// cores have it take the database for lost.
			DB_POSTGRESDB_POOL_SIZE: '10',
			DB_POSTGRESDB_CONNECTION_TIMEOUT: '60000',
			DB_PING_TIMEOUT_MS: '60000',
			DB_PING_MAX_FAILURES_BEFORE_RECOVERY: '20',
		},
		stop,
	};
}

async function untilItListens(port: number): Promise<void> {
	for (let attempt = 0; attempt < 300; attempt++) {
		const listens = await new Promise<boolean>((done) => {
			const socket = connect({ port, host: HOST });
			const say = (answer: boolean) => {
				socket.destroy();
				done(answer);
			};
			socket.once('connect', () => say(true));
			socket.once('error', () => say(false));
		});
		if (listens) return;
		await sleep(200);
	}
	throw new Error(`Nothing listens at ${HOST}:${port}`);
}

/** PostgreSQL: SIGINT, which ends its connections; Redis writes nothing on its way out. */
async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((done) => child.once('exit', done));
	child.kill('SIGINT');
	const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
	await ended;
	clearTimeout(force);
}
