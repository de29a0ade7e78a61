import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HOST } from '../../demo/ports';

/** A registry that knows this package, and of n8n-workflow only that there is one. */
export interface LocalRegistry {
	url: string;
	/** Paths that were asked for. */
	asked: string[];
	close(): Promise<void>;
}

/**
 * @param archive the packed package
 * @param manifest its package.json
 */
export async function startRegistry(
	archive: string,
	manifest: { name: string; version: string },
): Promise<LocalRegistry> {
	const asked: string[] = [];
	const content = readFileSync(archive);
	let url = '';
	const packument = (name: string, version: string, one: object) =>
		JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: one } });
	const answers: Record<string, () => string | Buffer> = {
		[`/${manifest.name}`]: () =>
			packument(manifest.name, manifest.version, {
				...manifest,
				dist: {
					tarball: `${url}/package.tgz`,
					integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
				},
			}),
		'/package.tgz': () => content,
		// The peer, which is not to be installed: there is nothing where its archive should be.
		'/n8n-workflow': () =>
			packument('n8n-workflow', '9.9.9', {
				...{ name: 'n8n-workflow', version: '9.9.9' },
				dist: { tarball: `${url}/not-there.tgz`, shasum: '0'.repeat(40) },
			}),
	};
	const server = createServer(({ url: path = '' }, response) => {
		asked.push(path);
		const answer = answers[path.split('?')[0]!];
		response.statusCode = answer ? 200 : 404;
		response.end(answer ? answer() : '{}');
	});
	await new Promise<void>((done) => server.listen(0, HOST, done));
	url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
	return {
		url,
		asked,
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}
