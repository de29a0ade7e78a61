import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** One request as Prism saw it, and what Prism said about it. */
export interface PrismExchange {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	body: unknown;
	status: number;
	/** Why the specification refuses the request; empty where it accepts it. */
	violations: string[];
	/** Counts from 0. */
	number: number;
}

/** Prism serving one specification, in a child process that ends with this one. */
export class Prism {
	private constructor(
		private readonly child: ChildProcess,
		/** `https://127.0.0.1:port`, with a self-signed certificate. */
		readonly origin: string,
	) {}

	/** Reads the specification and listens; takes some seconds. */
	static async start(specificationFile: string): Promise<Prism> {
		const child = fork(join(__dirname, 'prismServer.ts'), [specificationFile], {
			execArgv: ['--import', 'tsx'],
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		const { port } = await Prism.next<{ port: number }>(child);
		return new Prism(child, `https://127.0.0.1:${port}`);
	}

	private static next<T>(child: ChildProcess): Promise<T> {
		return new Promise((resolve, reject) => {
			const ended = (code: number | null) => reject(new Error(`Prism ended with code ${code}`));
			child.once('exit', ended);
			child.once('message', (message) => {
				child.off('exit', ended);
				resolve(message as T);
			});
		});
	}

	/** What was asked since the last call. */
	async take(): Promise<PrismExchange[]> {
		const answer = Prism.next<{ exchanges: PrismExchange[] }>(this.child);
		this.child.send('take');
		return (await answer).exchanges;
	}

	/**
	 * Whether the answer, mostly an example of the specification, is what its schema says. Looked at only
	 * where somebody asks: it takes as long as the request did.
	 */
	async answerIsValid({ number }: PrismExchange): Promise<boolean> {
		const answer = Prism.next<{ isValid: boolean }>(this.child);
		this.child.send({ judge: number });
		return (await answer).isValid;
	}

	/** Every GET of a path from now on is answered so, once Prism has looked at it; undefined: by Prism. */
	async answerReads(body?: unknown): Promise<void> {
		const done = Prism.next<unknown>(this.child);
		this.child.send({ reads: body ?? null });
		await done;
	}

	async stop(): Promise<void> {
		if (this.child.exitCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.disconnect();
		await ended;
	}
}
