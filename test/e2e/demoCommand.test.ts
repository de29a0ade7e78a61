import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoPorts } from '../../demo/options';
import { PROJECT_FOLDER } from '../../demo/paths';
import { checkPorts, freePort, HOST } from '../../demo/ports';
import { processIsAlive } from '../../demo/processes';
import { freePorts, START_MINUTES } from './stack';

/** `npm run demo` as a person runs it: in a process of its own, ended by Ctrl-C. */
describe('npm run demo', () => {
	const dataFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-demo-'));
	const running: ChildProcess[] = [];

	afterEach(() => {
		running.splice(0).forEach((child) => child.kill('SIGKILL'));
	});
	afterAll(() => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 }));

	const start = (parameters: string[]) => {
		const child = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts', ...parameters], {
			cwd: PROJECT_FOLDER,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		running.push(child);
		return new Demo(child);
	};

	it('names the port that is taken, and how to choose another', async () => {
		const port = await freePort();
		const other = createServer().listen(port, HOST);
		const ports = await freePorts();

		const demo = start(parametersFor(dataFolder, { ...ports, n8n: port }));

		expect(await demo.exitCode).toBe(1);
		other.close();
		expect(demo.output).toBe(
			`
Port ${port} (n8n) is in use by another program.
Choose another: npm run demo -- --port ${port + 1} (or set VEEAM_DEMO_PORT=${port + 1}).
If a demo is running already, end it with Ctrl-C where it was started.
`,
		);
	}, 120_000);

	it('refuses a port that is none, and an option nobody knows', async () => {
		const port = start(['--mail-port', 'eighty']);
		expect(await port.exitCode).toBe(1);
		expect(port.output).toBe(
			'\n"eighty" is no port.\n--mail-port (VEEAM_DEMO_MAIL_PORT) takes a number from 1 to 65535.\n',
		);

		const option = start(['--prot', '5']);
		expect(await option.exitCode).toBe(1);
		expect(option.output).toContain("Unknown option '--prot'");
		expect(option.output).toContain('npm run demo -- --help shows every option.');
	}, 120_000);

	// Windows has neither Ctrl-C for a single process nor a list of processes in this form.
	const onUnix = process.platform === 'win32' ? it.skip : it;

	onUnix(
		'serves n8n, the mails and the simulated server, and leaves nothing behind after Ctrl-C',
		async () => {
			const ports = await freePorts();
			const demo = start(parametersFor(dataFolder, ports));
			await demo.says('n8n is ready:');

			for (const port of [ports.n8n, ports.mails, ports.standIns]) {
				expect((await fetch(`http://${HOST}:${port}`)).status).toBe(200);
			}
			const started = demo.descendants();
			expect(started.length).toBeGreaterThan(0);

			const second = start(parametersFor(dataFolder, await freePorts()));
			expect(await second.exitCode).toBe(1);
			expect(second.output).toContain(
				`The demo is running already: http://localhost:${ports.n8n} (process ${demo.pid}).`,
			);

			demo.child.kill('SIGINT');

			expect(await demo.exitCode).toBe(0);
			expect(await stillAliveAfter(5_000, started)).toEqual([]);
			await checkPorts(Object.values(ports).map((port) => ({ what: '', port, flag: '', env: '' })));
		},
		START_MINUTES * 60_000,
	);

	onUnix(
		'ends n8n even when it is killed itself, and starts again on the same data',
		async () => {
			const demo = start(parametersFor(dataFolder, await freePorts()));
			await demo.says('n8n is ready:');
			const started = demo.descendants();

			demo.child.kill('SIGKILL');

			await demo.exitCode;
			expect(await stillAliveAfter(15_000, started)).toEqual([]);
		},
		START_MINUTES * 60_000,
	);
});

/** Which of the processes have not ended within that many milliseconds. */
async function stillAliveAfter(patience: number, pids: number[]): Promise<number[]> {
	const deadline = Date.now() + patience;
	// n8n's task runner ends when it notices that n8n has, a moment later.
	while (pids.some(processIsAlive) && Date.now() < deadline) {
		await new Promise((done) => setTimeout(done, 100));
	}
	return pids.filter(processIsAlive);
}

function parametersFor(dataFolder: string, ports: DemoPorts): string[] {
	return [
		...['--data', dataFolder, '--port', String(ports.n8n)],
		...['--vbr-port', String(ports.vbr)],
		...['--vb365-port', String(ports.vb365)],
		...['--vspc-port', String(ports.vspc)],
		...['--smtp-port', String(ports.smtp), '--mail-port', String(ports.mails)],
		...['--stand-in-port', String(ports.standIns)],
	];
}

/** A running demo, with everything it has printed. */
class Demo {
	output = '';

	readonly exitCode: Promise<number | null>;

	constructor(readonly child: ChildProcess) {
		this.exitCode = new Promise((done) => child.once('close', done));
		child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
	}

	get pid(): number {
		return this.child.pid!;
	}

	/** Waits until it has printed that. @throws Error with its output when it ends before. */
	async says(text: string): Promise<void> {
		let ended = false;
		void this.exitCode.then(() => (ended = true));
		while (!this.output.includes(text)) {
			if (ended) throw new Error(`The demo ended before it said "${text}":\n${this.output}`);
			await new Promise((done) => setTimeout(done, 100));
		}
	}

	/** The processes it has started, and those that they have. */
	descendants(): number[] {
		const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
		const pairs = stdout
			.trim()
			.split('\n')
			.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
		const below = (parent: number): number[] =>
			pairs.filter(([, ppid]) => ppid === parent).flatMap(([pid]) => [pid, ...below(pid)]);
		return below(this.pid);
	}
}
