/**
 * Prism in a process of its own, over HTTPS: it answers from one prepared specification and keeps
 * what it was asked, with Prism's violations, for the parent to take. Started by prism.ts.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@stoplight/prism-core';
import {
	createInstance,
	getHttpOperationsFromSpec,
	type IHttpConfig,
	type IHttpRequest,
	ProblemJsonError,
} from '@stoplight/prism-http';
import { DiagnosticSeverity } from '@stoplight/types';
import { generate } from 'selfsigned';
import type { OpenApi } from './openapi';
import { prepare } from './prepare';
import type { PrismExchange } from './prism';

const logger = createLogger('contract', { level: 'silent' });

/** A new one for each request: Prism keeps the first Accept header it sees in it. */
const config = (validateResponse = false): IHttpConfig => ({
	mock: { dynamic: false },
	checkSecurity: true,
	validateRequest: true,
	// Not to judge the answers, but to know which of Veeam's examples break their own schemas.
	validateResponse,
	errors: true,
	upstreamProxy: undefined,
	isProxy: false,
});

const prism = createInstance(config(), { logger });

const exchanges: PrismExchange[] = [];

/** What was asked in all, by number, for a second look. */
const asked: IHttpRequest[] = [];

/** Warnings say that something is deprecated. */
const isError = ({ severity }: { severity: DiagnosticSeverity }) =>
	severity === DiagnosticSeverity.Error;

/** What a GET is answered with in place of the specification's example; null: the example. */
let reads: unknown = null;

/** The branch of a variant says what is wrong; that the branch was taken is no news. */
const isNews = (violation: string) => !/must match "(then|else)" schema$/.test(violation);

async function readBody(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	if (text === '') return undefined;
	return /json/.test(request.headers['content-type'] ?? '') ? (JSON.parse(text) as unknown) : text;
}

function queryOf(url: URL): Record<string, string | string[]> {
	const names = [...new Set(url.searchParams.keys())];
	return Object.fromEntries(
		names.map((name) => {
			const values = url.searchParams.getAll(name);
			return [name, values.length === 1 ? (values[0] ?? '') : values];
		}),
	);
}

/** Of the end of what a template of a path stands for. */
function patternOf(path: string): RegExp {
	const literals = path
		.split(/\{[^}]+\}/)
		.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`${literals.join('[^/]+')}/?$`);
}

async function main(file: string) {
	const operations = await getHttpOperationsFromSpec(
		prepare(JSON.parse(readFileSync(file, 'utf8')) as OpenApi),
	);

	/**
	 * Those that a path can mean: Prism compares each request with all it is given. All of them where it
	 * means none, so that Prism says so.
	 */
	const patterns = operations.map(({ path }) => patternOf(path));
	const meantBy = ({ url }: IHttpRequest) => {
		const meant = operations.filter((_, index) => patterns[index]!.test(url.path));
		return meant.length > 0 ? meant : operations;
	};

	async function answer(request: IncomingMessage, response: ServerResponse) {
		const url = new URL(request.url ?? '/', 'https://prism');
		const input: IHttpRequest = {
			method: (request.method ?? 'get').toLowerCase() as IHttpRequest['method'],
			url: { path: url.pathname, query: queryOf(url) },
			headers: request.headers as Record<string, string>,
			body: await readBody(request),
		};
		const exchange: PrismExchange = {
			method: request.method ?? '',
			path: url.pathname,
			query: input.url.query ?? {},
			headers: input.headers ?? {},
			body: input.body,
			status: 0,
			violations: [],
			number: asked.push(input) - 1,
		};
		exchanges.push(exchange);

		const result = await prism.request(input, meantBy(input), config())();
		if (result._tag === 'Left') {
			const problem = result.left as ProblemJsonError & { status?: number };
			const { validation } = (problem.additional ?? {}) as {
				validation?: Array<{ location?: string[]; message: string }>;
			};
			exchange.status = problem.status ?? 500;
			exchange.violations = validation
				?.map(({ location = [], message }) => `${location.join('.')}: ${message}`)
				.filter(isNews) ?? [`${problem.message}: ${problem.detail ?? ''}`];
			response.writeHead(exchange.status, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ errorCode: 'Prism', message: exchange.violations.join('; ') }));
			return;
		}
		const { output, validations } = result.right;
		exchange.status = output.statusCode;
		exchange.violations = validations.input
			.filter(isError)
			.map(({ path = [], message }) => `${path.join('.')}: ${message}`)
			.filter(isNews);
		if (reads !== null && input.method === 'get') {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(reads));
			return;
		}
		response.writeHead(output.statusCode, output.headers);
		const { body } = output;
		if (body === undefined || output.statusCode === 204) response.end();
		else response.end(typeof body === 'string' ? body : JSON.stringify(body));
	}

	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
		keySize: 2048,
	});
	const server = createServer({ key, cert }, (request, response) => {
		answer(request, response).catch((error: Error) => {
			response.writeHead(500, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ errorCode: 'Prism', message: error.message }));
		});
	});
	server.listen(0, '127.0.0.1', () => {
		process.send?.({ port: (server.address() as AddressInfo).port });
	});
	async function isValid(number: number): Promise<boolean> {
		const input = asked[number]!;
		const result = await prism.request(input, meantBy(input), config(true))();
		return result._tag === 'Right' && !result.right.validations.output.some(isError);
	}

	process.on('message', (message: { reads: unknown } | { judge: number } | 'take') => {
		if (message === 'take') process.send?.({ exchanges: exchanges.splice(0) });
		else if ('judge' in message)
			void isValid(message.judge).then((verdict) => process.send?.({ isValid: verdict }));
		else {
			reads = message.reads;
			process.send?.({});
		}
	});
	process.on('disconnect', () => process.exit());
}

main(process.argv[2] ?? '').catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
