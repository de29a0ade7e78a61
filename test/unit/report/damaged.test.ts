/**
 * "All is well" only of what says so: estates of every product and version that are well, in whose
 * answers one field after the other is left out, emptied, or holds what nobody can read. What each field
 * decides is taken from the specifications; the judgement shares nothing with the report.
 */
import {
	damaged,
	damagesOf,
	listIn,
	placesOf,
	recordIn,
	valueAt,
	withChanged,
	type Damage,
} from '../../support/damage';
import { randomOf } from '../../support/random';
import { refused } from '../../support/reportClient';
import { Faults, statusOf, VERSIONS, wellOf, type Decides } from './wellEstates';

jest.setTimeout(300_000);

/** Whether a report of the damaged answer may be good, has to be, or either. */
function expected(decides: Decides | undefined, { is }: Damage): 'good' | 'not good' | 'either' {
	if (decides === 'free') return 'either';
	if (decides === undefined) return 'good';
	if (is === 'future') return decides === 'past' ? 'not good' : 'either';
	return decides === 'must' || is === 'unreadable' ? 'not good' : 'either';
}

/**
 * Damages that are tried of a field that decides and of another: each version takes others of them. All of
 * them with `DAMAGES=all`.
 */
const TRIED = process.env.DAMAGES === 'all' ? { decides: 99, other: 99 } : { decides: 3, other: 1 };

/** What can become of a whole answer: none of it is one. */
const REFUSALS: Record<string, (body: unknown) => unknown> = {
	'is refused with 403': () => refused(403),
	'fails with 500': () => refused(500),
	'is not there': () => refused(404),
	'is empty': () => '',
	'is null': () => null,
	'is a page of a proxy': () => '<html>',
	'has nothing in it': () => ({}),
	'is an error with 200': () => ({ errorCode: 'AccessDenied', message: 'No' }),
};

const ofList =
	(change: (list: unknown[]) => unknown) =>
	(body: unknown): unknown => {
		const [list, put] = listIn(body) ?? [];
		return list && put && list.length > 0 ? put(change(list) as unknown[]) : undefined;
	};

/** What can become of a list that has something in it. */
const OF_LISTS: Record<string, (body: unknown) => unknown> = {
	'has an object for a list': ofList(() => ({})),
	'has a record of null': ofList(([, ...rest]) => [null, ...rest]),
	'has a text for a record': ofList(([, ...rest]) => ['x', ...rest]),
	'has an empty record': ofList(([, ...rest]) => [{}, ...rest]),
};

/** A run that failed stays, where the one that mended it is the record that is missing. */
const RUNS = '/JobSessions';

/** A server that gives the same record twice: nothing is wrong, and nothing may count twice. */
const TWICE = ofList((list) => [...list, list[0]]);

describe.each(VERSIONS)('%s', (name) => {
	it('is not called well, nor bad, by a field that is damaged', async () => {
		const { product, bodies } = await wellOf(name);
		const random = randomOf(VERSIONS.indexOf(name) + 1);
		const faults = new Faults();
		const seen = new Set<string>();
		for (const [path, body] of bodies) {
			const [record] = recordIn(body) ?? [];
			for (const place of placesOf(record)) {
				const decides = product.fields[path]?.[place];
				const most = decides === undefined || decides === 'free' ? TRIED.other : TRIED.decides;
				const all = damagesOf(valueAt(record, place)).map((one) => ({ one, by: random() }));
				for (const { one: damage } of all.sort((a, b) => a.by - b.by).slice(0, most)) {
					const hostile = withChanged(product.client(), path, (answer) => {
						const found = recordIn(answer);
						return found && valueAt(found[0], place) !== undefined
							? found[1](damaged(found[0], place, damage))
							: answer;
					});
					const what = `${path} ${place} ${damage.name}`;
					const found = await faults.of(product, hostile, what);
					if (!found) continue;
					const [status, should] = [statusOf(found), expected(decides, damage)];
					if (should === 'either') continue;
					seen.add(`${path} ${place}`);
					const said = `${what}: ${found[0]?.verdict.text}`;
					if (status === 'good' && should === 'not good') faults.green.push(said);
					if (status === 'bad' || (status === 'warning' && should === 'good'))
						faults.red.push(said);
				}
			}
		}
		faults.none(name, `${seen.size} fields`);
		expect(seen.size).toBeGreaterThan(15);
	});

	it('is not called well where an answer is none, and counts nothing twice', async () => {
		const { product, bodies, models } = await wellOf(name);
		const faults = new Faults();
		const counts = models.map((one) => one.counts);
		for (const [path, body] of bodies) {
			for (const [how, change] of Object.entries({ ...REFUSALS, ...OF_LISTS })) {
				if (change(body) === undefined) continue;
				const what = `${path} ${how}`;
				const hostile = withChanged(product.client(), path, (answer) => {
					const other = change(answer);
					return other === undefined ? answer : other;
				});
				const found = await faults.of(product, hostile, what, true);
				if (found && statusOf(found) === 'good') faults.green.push(what);
				// What was not read is no reason to call a server bad.
				if (found && statusOf(found) === 'bad' && !(path === RUNS && how in OF_LISTS))
					faults.red.push(`${what}: ${found[0]?.verdict.text}`);
			}
			if (TWICE(body) === undefined) continue;
			const what = `${path} has a record twice`;
			const hostile = withChanged(product.client(), path, (answer) => TWICE(answer) ?? answer);
			const found = await faults.of(product, hostile, what);
			if (!found) continue;
			if (statusOf(found) === 'bad') faults.red.push(`${what}: ${found[0]?.verdict.text}`);
			if (
				statusOf(found) === 'good' &&
				JSON.stringify(found.map((one) => one.counts)) !== JSON.stringify(counts)
			)
				faults.green.push(
					`${what}: counts ${JSON.stringify(found.map((one) => one.counts))} for ${JSON.stringify(counts)}`,
				);
		}
		faults.none(name, `${bodies.size} answers`);
	});
});
