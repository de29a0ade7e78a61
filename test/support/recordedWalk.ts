/**
 * Follows a call through the files of nodes/: every function that one file offers to others is watched,
 * and so is every method of an object it offers or makes. To be called before anything of nodes/ is
 * loaded, so what loads it is required afterwards:
 *
 *     const nodes = watchNodes();
 *     const { PRODUCTS } = jest.requireActual<typeof Products>('../../nodes/products');
 *     const { entered, back } = await nodes.record(async () => await run(…));
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Walk {
	/** Files under the root, in the order in which they were entered for the first time. */
	entered: string[];
	/** Entered by another file while it was still waiting for an answer: data went back. */
	back: Array<{ from: string; to: string }>;
}

type Anything = (...values: unknown[]) => unknown;

const ROOT = join(__dirname, '..', '..');

export function watchNodes(): { record(work: () => Promise<unknown>): Promise<Walk> } {
	const stack = new AsyncLocalStorage<readonly string[]>();
	let walk: { entered: Set<string>; back: Walk['back'] } | undefined;

	const loading: string[] = [];

	const watchedCall = (
		file: string,
		values: unknown[],
		call: (values: unknown[]) => unknown,
	): unknown => {
		const from = stack.getStore();
		const loader = loading.at(-1);
		// While a file is loaded it gives its own functions away: an event tells which list it reads.
		if (loader) return handedOut(file, call(values.map((value) => handedOut(loader, value))));
		if (!walk || !from) return handedOut(file, call(values));
		walk.entered.add(file);
		if (from.at(-1) !== file && from.includes(file))
			walk.back.push({ from: from.at(-1)!, to: file });
		return handedOut(
			file,
			stack.run(from.at(-1) === file ? from : [...from, file], () => call(values)),
		);
	};

	/** What a file makes for others, such as the methods of an event, stays its own. */
	const handedOut = (file: string, value: unknown): unknown =>
		typeof value === 'function' ||
		(isPlain(value) && Object.values(value).some((one) => typeof one === 'function'))
			? watched(file, value, 1)
			: value;

	const watched = (file: string, value: unknown, depth = 0): unknown => {
		if (typeof value === 'function')
			return new Proxy(value as Anything, {
				apply: (target, self, given: unknown[]) =>
					watchedCall(file, given, (values) => Reflect.apply(target, self, values) as unknown),
				construct: (target, given: unknown[], type) =>
					watchedCall(file, given, (values) => Reflect.construct(target, values, type)) as object,
			});
		if (depth < 2 && isPlain(value))
			return Object.defineProperties(
				{},
				Object.fromEntries(
					Object.entries(Object.getOwnPropertyDescriptors(value)).map(([name, one]) => [
						name,
						'value' in one ? { ...one, value: watched(file, one.value, depth + 1) } : one,
					]),
				),
			);
		return value;
	};

	for (const file of filesOf('nodes'))
		jest.doMock(join(ROOT, file), () => {
			loading.push(file);
			const actual = jest.requireActual<Record<string, unknown>>(join(ROOT, file));
			loading.pop();
			// What a file only passes on belongs to the file that has it: it was watched there.
			if (file.endsWith('index.ts') && file.includes('/shared/')) return actual;
			return watched(file, actual, 1);
		});

	return {
		async record(work) {
			walk = { entered: new Set(), back: [] };
			await stack.run([], work);
			const { entered, back } = walk;
			walk = undefined;
			return { entered: [...entered], back };
		},
	};
}

const filesOf = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file));

/** What jest gives a module to fill has the prototype of another realm. */
const isPlain = (value: unknown): value is object =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) === null;
