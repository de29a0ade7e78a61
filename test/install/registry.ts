import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { HOST } from '../../demo/ports';
import { certificateFor } from '../../simulator/foundation/certificate';
import type { Redirects } from '../../demo/standIns/standIns';

/** A version of the package, packed. */
export interface Release {
	archive: string;
	manifest: { name: string; version: string };
}

/** A registry that knows this package, and of n8n-workflow only that there is one. */
export interface LocalRegistry {
	url: string;
	/** Paths that were asked for. */
	asked: string[];
	close(): Promise<void>;
}

/** Under its real name: n8n takes packages from no other without a license. */
export const PUBLIC = 'https://registry.npmjs.org';

/** n8n asks its maker whether a package is forbidden. */
const HOSTS = [new URL(PUBLIC).hostname, 'api.n8n.io'];

/** @param releases of the package, the latest last */
export async function startRegistry(releases: Release[]): Promise<LocalRegistry> {
	const asked: string[] = [];
	let url = '';
	const server = createServer(answering(releases, asked, () => url));
	return await listening(server, asked, (address) => (url = address));
}

/**
 * The same in place of the public one: over TLS, with a certificate for its name.
 *
 * @returns `redirects`: how n8n and its npm get there (see demo/redirect.cjs)
 */
export async function startPublicRegistry(
	releases: Release[],
): Promise<LocalRegistry & { redirects: Redirects }> {
	const asked: string[] = [];
	const { key, cert } = await certificateFor(HOSTS);
	const server = createTlsServer(
		{ key, cert },
		answering(releases, asked, () => PUBLIC),
	);
	const registry = await listening(server, asked, () => {});
	const to = { port: (server.address() as AddressInfo).port, ca: cert };
	return { ...registry, redirects: Object.fromEntries(HOSTS.map((host) => [host, to])) };
}

function answering(releases: Release[], asked: string[], address: () => string): RequestListener {
	const { name } = releases[0]!.manifest;
	const files = new Map(
		releases.map(({ archive, manifest }) => [
			`/${name}-${manifest.version}.tgz`,
			readFileSync(archive),
		]),
	);
	const one = ({ manifest }: Release) => {
		const tarball = `/${name}-${manifest.version}.tgz`;
		const integrity = createHash('sha512').update(files.get(tarball)!).digest('base64');
		return {
			...manifest,
			dist: { tarball: `${address()}${tarball}`, integrity: `sha512-${integrity}` },
		};
	};
	const latest = releases.at(-1)!;
	const answers: Record<string, () => unknown> = {
		[`/${name}`]: () => ({
			name,
			'dist-tags': { latest: latest.manifest.version },
			versions: Object.fromEntries(
				releases.map((release) => [release.manifest.version, one(release)]),
			),
		}),
		[`/${name}/latest`]: () => one(latest),
		...Object.fromEntries(
			releases.map((release) => [`/${name}/${release.manifest.version}`, () => one(release)]),
		),
		// The peer, which is not to be installed: there is nothing where its archive should be.
		'/n8n-workflow': () => ({
			name: 'n8n-workflow',
			'dist-tags': { latest: '9.9.9' },
			versions: {
				'9.9.9': {
					...{ name: 'n8n-workflow', version: '9.9.9' },
					dist: { tarball: `${address()}/not-there.tgz`, shasum: '0'.repeat(40) },
				},
			},
		}),
	};
	return ({ url = '' }, response) => {
		asked.push(url);
		const path = url.split('?')[0]!;
		const file = files.get(path);
		const answer = answers[path]?.();
		response.statusCode = file || answer ? 200 : 404;
		if (file) response.end(file);
		else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? {}));
	};
}

async function listening(
	server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>,
	asked: string[],
	tell: (url: string) => void,
): Promise<LocalRegistry> {
	await new Promise<void>((done) => server.listen(0, HOST, done));
	const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
	tell(url);
	return {
		url,
		asked,
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}
