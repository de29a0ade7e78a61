/**
 * A server that is updated from each version to the next, and a credential whose API version is Automatic:
 * the newer version is found within a day, at a login or with one that still holds, and nothing fails
 * before. The server knows its own version and the one before it, as Veeam's do for some releases.
 */
import type { IDataObject } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { askedOf, PASSWORDS } from '../support/wire';
import { benchOf } from './bench.support';

const HOUR = 3_600_000;

const LISTS: Record<ProductKey, { resource: string; operation: string }> = {
	vbr: { resource: 'job', operation: 'getManyJobStates' },
	vb365: { resource: 'backupRepository', operation: 'getBackupRepositories' },
	vspc: { resource: 'company', operation: 'listCompanies' },
};

const PRODUCTS_AND_VERSIONS = PRODUCTS.map(({ key, product }) => ({
	key,
	name: product.adapter.displayName,
	// The oldest first.
	versions: product.adapter.versions.map(({ version }) => version).reverse(),
}));

describe.each(PRODUCTS_AND_VERSIONS)('$name', ({ key, versions }) => {
	const pairs = versions.slice(1).map((after, index) => [versions[index]!, after] as const);
	let bench: Awaited<ReturnType<typeof benchOf<ProductKey>>>;
	beforeAll(async () => {
		bench = await benchOf(key, {});
	});
	afterAll(async () => await bench.close());

	/** A token of another login, as a person would paste it; the console's own credential has a key. */
	const pasted = async (): Promise<Record<string, string>> => {
		if (key === 'vspc') return {};
		const credentials = bench.connect({ apiVersion: 'auto' });
		await bench.json({ ...LISTS[key], limit: 2 }, credentials);
		const [{ sessionToken }] = Object.values(credentials.stored) as [IDataObject];
		const { token } = JSON.parse(String(sessionToken)) as { token: string };
		return { authentication: 'token', accessToken: token };
	};
	/** What is asked for where a server knows some: the console answers 3.6.1 as 3.6 where it knows that. */
	const newestFor = (known: string[]) =>
		versions.filter((one) => known.some((its) => one === its || one.startsWith(`${its}.`))).at(-1);

	const cases = pairs.flatMap(([before, after]) =>
		(['a password', 'a pasted token or key'] as const).map((by) => ({ before, after, by })),
	);

	it.each(cases)('from $before to $after, with $by', async ({ before, after, by }) => {
		const { control } = bench.simulator;
		const older = versions[versions.indexOf(before) - 1];
		await control.reset();
		await control.tokenLifetime(400 * 3_600);
		await control.settings({
			supportedVersions: [older, before].filter((one) => one !== undefined),
		});
		/** The version that a list is asked in. */
		const ask = async (credentials: ReturnType<typeof bench.connect>) => {
			const { length } = await control.requests();
			const items = await bench.json({ ...LISTS[key], limit: 2 }, credentials);
			expect(items.length).toBeGreaterThan(0);
			return askedOf((await control.requests()).slice(length).at(-1)!);
		};
		const credentials = bench.connect({
			apiVersion: 'auto',
			...(by === 'a password' ? PASSWORDS[key] : await pasted()),
		});
		expect(await ask(credentials)).toBe(newestFor([before]));

		await control.settings({ supportedVersions: [before, after] });
		// In the same hour the version that was found still answers, and is not looked for again.
		expect(await ask(credentials)).toBe(newestFor([before]));

		// No token of Veeam's servers lasts a day, and none outlives the restart of an update.
		if (by === 'a password') await control.expireTokens();
		const start = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => start + 25 * HOUR);
		try {
			// The run in whose middle a login was due ends in the version that it began in.
			await ask(credentials);
			expect(await ask(credentials)).toBe(newestFor([after]));
		} finally {
			clock.mockRestore();
		}
	});
});

it('covers every pair of neighbouring versions', () => {
	expect(
		PRODUCTS_AND_VERSIONS.map(({ key, versions }) => [key, versions[0], versions.length]),
	).toEqual([
		['vbr', '1.1-rev0', 8],
		['vb365', 'v6', 3],
		['vspc', '3.5.1', 3],
	]);
});
