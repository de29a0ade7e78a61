/**
 * Every field of every list that the triggers read, once wrong in each way: nothing breaks, and no
 * message shows what a person cannot use. The worlds are the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, DAY, HOUR, MINUTE } from '../../campaign/clock';
import { Dice } from '../../campaign/dice';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire, type Answer, type Product, type Request } from '../../campaign/wire';
import { RECORD_WORLDS } from '../../campaign/worlds/records';
import { STATE_WORLDS, type Thing } from '../../campaign/worlds/states';

const WRONG: Array<[string, unknown]> = [
	['missing', undefined],
	['null', null],
	['empty', ''],
	['blank', ' \r\n'],
	['a number', -1],
	['a list', [null]],
	['an object', { toString: null, length: 3 }],
	['two lines', 'One\r\nTwo\r\n'],
];

/** What no message and no name may have. */
const UGLY =
	/""|undefined|null|NaN|\[object|Invalid|\r|^\s|\s$|Cannot read|is not a function|not iterable/;

interface Scene {
	name: string;
	product: Product;
	event: string;
	versions: string[];
	parameters: IDataObject;
	/** Before and after something went wrong. */
	answer(request: Request, version: string, isWrong: boolean): Answer | undefined;
}

const scenes: Scene[] = [
	...STATE_WORLDS.map((world): Scene => {
		const things = (isWrong: boolean): Thing[] =>
			Object.entries(world.kinds).flatMap(([kind, { conditions, values = {}, id, most }]) =>
				Array.from({ length: Math.min(2, most) }, (_, index): Thing => {
					const names = Object.keys(conditions);
					const bad = names[index % Math.max(1, names.length)];
					return {
						id: id ?? `${kind}-${index}`,
						name: `Thing ${index}`,
						kind,
						isThere: true,
						level: Object.fromEntries(
							names.map((name) => [name, isWrong && (name === bad || index > 0) ? 1 : 0]),
						),
						since: Object.fromEntries(names.map((name) => [name, NOW])),
						value: Object.fromEntries(
							Object.entries(values).map(([name, all]) => [name, all[isWrong ? 1 : 0]!]),
						),
						count: 1,
					};
				}),
			);
		return {
			...{ name: `${world.product} ${world.event}`, product: world.product, event: world.event },
			...{ versions: world.versions, parameters: world.parameters },
			answer: (request, version, isWrong) => world.answer(things(isWrong), request, version),
		};
	}),
	...RECORD_WORLDS.map((world): Scene => {
		const dice = new Dice(1);
		const one = (index: number, end: number) => ({
			...{ id: `00000000-0000-4000-8000-00000000000${index}`, owner: `job-${index % 4}` },
			...({
				start: end - HOUR,
				end,
				visible: end,
				result: index % 2 ? 'Failed' : 'Warning',
			} as const),
		});
		return {
			...{ name: `${world.product} ${world.event}`, product: world.product, event: world.event },
			...{ versions: world.versions, parameters: world.parameters(dice) },
			answer: (request, version, isWrong) => {
				const old = [one(0, NOW - DAY), one(1, NOW - DAY)];
				const fresh = [
					one(2, NOW + 2 * MINUTE),
					one(3, NOW + 2 * MINUTE),
					one(4, NOW + 2 * MINUTE),
				];
				return world.answer(isWrong ? [...old, ...fresh] : old, request, version, dice);
			},
		};
	}),
];

const NOW = Date.parse('2026-03-02T07:00:00Z');

/** Paths of all fields, two levels deep. */
function fieldsOf(record: IDataObject, depth = 0): string[] {
	return Object.entries(record).flatMap(([name, value]) => [
		name,
		...(depth < 1 && value !== null && typeof value === 'object' && !Array.isArray(value)
			? fieldsOf(value as IDataObject, depth + 1).map((inner) => `${name}.${inner}`)
			: []),
	]);
}

function replaced(record: IDataObject, [name = '', ...inner]: string[], by: unknown): IDataObject {
	if (!(name in record)) return record;
	const copy = { ...record };
	if (inner.length > 0) copy[name] = replaced(copy[name] as IDataObject, inner, by);
	else if (by === undefined) delete copy[name];
	else copy[name] = by as IDataObject;
	return copy;
}

/** Without it nobody can say what the record is about, or the object itself is left out. */
const isIdentity = (field: string): boolean =>
	/(^|\.)(id|\w*Uid|jobId|uuid|performanceExtents|instanceLicenseSummary)$/.test(field);

const recordsOf = (answer: Answer | undefined): IDataObject[] =>
	!answer || 'status' in answer ? [] : 'record' in answer ? [answer.record] : answer.list;

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

it.each(scenes.map((scene) => [scene.name, scene] as const))(
	'%s',
	async (_, scene) => {
		const version = scene.versions.at(-1)!;
		const paths = new Set<string>();
		let mutate = (__: string, record: IDataObject) => record;
		let isWrong = false;
		const ask = (request: Request): Answer | undefined => {
			const answer = scene.answer(request, version, isWrong);
			for (const record of recordsOf(answer))
				for (const field of fieldsOf(record)) paths.add(`${request.path} ${field}`);
			if (!answer || 'status' in answer) return answer;
			if ('record' in answer) return { record: mutate(request.path, answer.record) };
			return { ...answer, list: answer.list.map((one) => mutate(request.path, one)) };
		};
		/** @param from the poll with which the field becomes wrong; 0: from the beginning */
		const run = async (
			from: number,
			wrongField: typeof mutate = (_path, record) => record,
		): Promise<{ said: string[]; ugly: string[] }> => {
			clock.now = NOW;
			mutate = from === 0 ? wrongField : (_path, record) => record;
			isWrong = false;
			const wire = new Wire(clock, scene.product, version, ask);
			const host = new Host({
				...{ node: await triggerOf(scene.product), clock, wire, keeping: 'memory' },
				parameters: { events: [scene.event], ...scene.parameters, options: {} },
				credential: credentialOf(scene.product, version),
			});
			await host.activate(CALM);
			isWrong = true;
			const [said, ugly]: [string[], string[]] = [[], []];
			for (let count = 1; count <= 5; count++) {
				if (count >= from) mutate = wrongField;
				clock.now += 4 * MINUTE;
				const { items, error } = await host.poll(CALM);
				const texts = [
					...(error ? [`${error.name}: ${error.message}`] : []),
					...items.flatMap(({ message, object }) => [
						String(message),
						String((object as IDataObject).name || 'no name'),
					]),
				];
				said.push(...texts);
				ugly.push(...texts.filter((text) => UGLY.test(text)));
			}
			return { said, ugly };
		};
		const { said, ugly } = await run(0);
		// The world without a fault has something to say, and says it well.
		expect(said.length).toBeGreaterThan(0);
		expect(ugly).toEqual([]);
		const found: string[] = [];
		for (const where of [...paths]) {
			const [path, field = ''] = where.split(' ');
			for (const [how, value] of WRONG) {
				const wrongField = (asked: string, record: IDataObject) =>
					asked === path ? replaced(record, field.split('.'), value) : record;
				const wasWrong = await run(0, wrongField);
				const becomesWrong = await run(3, wrongField);
				const falseEnds = isIdentity(field)
					? []
					: becomesWrong.said.filter((text) => /no longer there/.test(text));
				const all = [...wasWrong.ugly, ...becomesWrong.ugly, ...falseEnds];
				found.push(...all.slice(0, 1).map((text) => `${field} ${how}: ${text}`));
			}
		}
		expect(found).toEqual([]);
	},
	120_000,
);
