/**
 * A proxy such as companies have between n8n and the internet: it answers CONNECT, and tunnels or
 * refuses. n8n-core reads its address from the environment at each request.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What a CONNECT gets. */
export type ProxyAnswer =
	| 'tunnel'
	/** Nothing, ever. */
	| 'silence'
	/** The line is cut before there is an answer. */
	| 'hang up'
	/** No HTTP. */
	| 'nonsense'
	/** A status of its own, with a body of its own. */
	| { status: number; body?: string; headers?: Record<string, string> };

const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
	name,
	name.toLowerCase(),
]);

export class ConnectProxy {
	answer: ProxyAnswer = 'tunnel';
	/** `host:port` of each CONNECT. */
	readonly asked: string[] = [];
	private readonly sockets = new Set<Socket>();

	private constructor(private readonly server: Server) {}

	static async start(): Promise<ConnectProxy> {
		const server = createServer((_request, response) => {
			response.writeHead(400).end('Only CONNECT');
		});
		const proxy = new ConnectProxy(server);
		server.on('connection', (socket: Socket) => {
			proxy.sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => proxy.sockets.delete(socket));
		});
		server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) =>
			proxy.connected(request, socket, head),
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return proxy;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	/** `127.0.0.1:port` */
	get host(): string {
		return `127.0.0.1:${this.port}`;
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private connected({ url = '' }: IncomingMessage, socket: Socket, head: Buffer): void {
		this.asked.push(url);
		const { answer } = this;
		if (answer === 'silence') return;
		if (answer === 'hang up') {
			socket.destroy();
			return;
		}
		if (answer === 'nonsense') {
			socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n');
			return;
		}
		if (answer !== 'tunnel') {
			const { status, body = '', headers = {} } = answer;
			const lines = Object.entries({
				'content-type': 'text/html',
				'content-length': String(Buffer.byteLength(body)),
				...headers,
			}).map(([name, value]) => `${name}: ${value}\r\n`);
			socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
			return;
		}
		const { hostname, port } = new URL(`https://${url}`);
		const onward = connect(Number(port || 443), hostname, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.write(head);
			onward.pipe(socket);
			socket.pipe(onward);
		});
		onward.on('error', () => socket.destroy());
		socket.on('close', () => onward.destroy());
	}
}

/** Sets the variables that name a proxy for one test, and gives back what puts them as they were. */
export function setProxy(variables: Record<string, string>): () => void {
	const before = VARIABLES.map((name) => [name, process.env[name]] as const);
	for (const name of VARIABLES) delete process.env[name];
	Object.assign(process.env, variables);
	return () => {
		for (const [name, value] of before)
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
	};
}
