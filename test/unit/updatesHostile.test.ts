/**
 * Updates of objects that are not as their schema has them: with holes, nulls, unknown fields, lists with
 * nothing in them. All that was not touched arrives as the server gave it, or not at all.
 */
import type { IDataObject } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { pathBindings } from '../../nodes/shared/binding/parameterBinding';
import { isNullable, isRequired } from '../../nodes/shared/catalogue';
import type { Field } from '../../nodes/shared/catalogue/types';
import { changeableFields } from '../../nodes/shared/form/fieldsToChange';
import { randomOf } from '../support/random';
import { ID, Recorder, run } from './formDriver.support';
import {
	answersOf,
	fullAnswer,
	kindsOfType,
	lackingIn,
	putsOf,
	takenBy,
	typeOf,
	valueAt,
	type Json,
} from './updates.support';

let recorder: Recorder;
jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

const CASES = PRODUCTS.flatMap((registered) => {
	const catalogue = registered.product.adapter.catalogue();
	return catalogue.versions.map((version) => ({
		...registered,
		version,
		catalogue,
		answers: answersOf(registered.folder),
		updates: putsOf(registered, catalogue).updates.filter(({ put }) => put.in.includes(version)),
	}));
});

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

type Damage = 'hole' | 'null' | 'unknown' | 'emptyList' | 'nullInList' | 'otherCase';

/** Every object inside a value, with the kinds of objects that it is inside of. */
function objectsIn(value: unknown, found: Json[] = []): Json[] {
	if (Array.isArray(value)) value.forEach((one) => objectsIn(one, found));
	else if (isObject(value)) {
		found.push(value);
		Object.values(value).forEach((one) => objectsIn(one, found));
	}
	return found;
}

describe.each(CASES)('$key $version', ({ product, catalogue, version, answers, updates }) => {
	/** Fields that say what an object is: see the tests below. */
	const kindFields = new Set(Object.values(catalogue.types).map(({ variants }) => variants?.on));

	/** Drops nulls that the version does not know: what is not there is not sent. */
	function withoutNulls(type: string, value: unknown): unknown {
		if (type.endsWith('[]') && Array.isArray(value))
			return value.map((one) => withoutNulls(type.slice(0, -2), one));
		if (!type.startsWith('#') || type.endsWith('[]') || !isObject(value)) return value;
		const fields = typeOf(catalogue, type.slice(1), version, value);
		return Object.fromEntries(
			Object.entries(value).flatMap(([name, entry]) => {
				const field = fields.find((one) => one.name === name) as Field;
				const stays = entry !== null || isNullable(field, version) || isRequired(field, version);
				return stays ? [[name, withoutNulls(field.type, entry)]] : [];
			}),
		);
	}

	it('leaves an object that is damaged as it is, but for the one field', async () => {
		const random = randomOf(20_261_127 + catalogue.versions.indexOf(version));
		const pick = <T>(all: T[]): T | undefined => all[Math.floor(random() * all.length)];
		const wrong: unknown[] = [];
		const count = { sent: 0, refused: 0 };
		for (const { put, get } of updates)
			for (const kind of kindsOfType(catalogue, put.body!.type, version))
				for (const damage of [
					'hole',
					'null',
					'unknown',
					'emptyList',
					'nullInList',
					'otherCase',
				] as Damage[]) {
					const answer = structuredClone(fullAnswer(answers, get, version, kind));
					const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
					const type = put.body!.type;
					const on = catalogue.types[type.slice(1)]?.variants?.on;
					// What the object is stays readable, and the field that is changed stays there.
					const fields = changeableFields({ catalogue, overlay: product.overlay }, put.id, {
						version,
						record: record as never,
					});
					const texts = fields.filter(
						({ id, type: own }) =>
							own === 'string' &&
							id !== 'id' &&
							typeof valueAt(record, id) === 'string' &&
							/ as it is$/.test(String(valueAt(record, id))),
					);
					const field = pick(texts);
					if (!field) continue;
					const kept = field.id.split('.');
					// What the API demands and never gives back.
					const demanded = lackingIn(
						catalogue,
						type,
						version,
						takenBy(catalogue, type, version, record),
					);
					for (const one of objectsIn(record)) {
						const names = Object.keys(one).filter(
							(name) =>
								!kindFields.has(name) &&
								!kept.includes(name) &&
								!/password|secret|key|token|passphrase|certificate|community/i.test(name),
						);
						const name = pick(names);
						if (damage === 'unknown') one[`x${kept.length}New`] = { deep: [1, null] };
						if (damage === 'otherCase' && on && typeof one[on] === 'string')
							one[on] = String(one[on]).toUpperCase();
						if (name === undefined) continue;
						if (damage === 'hole') delete one[name];
						if (damage === 'null') one[name] = null;
						if (damage === 'emptyList' && Array.isArray(one[name])) one[name] = [];
						if (damage === 'nullInList')
							for (const each of names)
								if (Array.isArray(one[each])) (one[each] as unknown[]).push(null);
					}
					const before = takenBy(catalogue, type, version, record) as Json;
					recorder = new Recorder(version);
					recorder.record = answer;
					const lacks = lackingIn(catalogue, type, version, before);
					const { error } = await run(product, {
						...(Object.fromEntries(pathBindings(put).map(({ name }) => [name, ID])) as IDataObject),
						operation: put.id,
						fieldsToChange: {
							...Object.fromEntries(
								demanded.map((name) => [
									name,
									sampleOf(fields.find(({ id }) => id === name)?.type),
								]),
							),
							[field.id]: 'changed by a person',
						},
					});
					if (error) {
						count.refused += 1;
						// A hole in what is required may be refused, and nothing else.
						if (recorder.writes.length > 0 || !/ needs "/.test(error.message) || lacks.length === 0)
							wrong.push([put.id, kind, damage, field.id, error.message]);
						continue;
					}
					count.sent += 1;
					const expected = structuredClone(withoutNulls(type, before)) as Json;
					kept.slice(0, -1).reduce<Json>((inner, name) => inner[name] as Json, expected)[
						kept.at(-1)!
					] = 'changed by a person';
					const [write] = recorder.writes;
					const sent = write?.body && 'value' in write.body ? (write.body.value as Json) : {};
					const body = structuredClone(sent);
					for (const name of demanded) remove(body, name);
					// The path says which object it is.
					if (body.id === ID && (expected.id ?? null) === null) {
						delete body.id;
						delete expected.id;
					}
					if (JSON.stringify(sorted(body)) !== JSON.stringify(sorted(expected)))
						wrong.push([put.id, kind, damage, field.id, body, expected]);
				}
		console.info(`${version}: ${JSON.stringify(count)}`);
		expect(wrong.slice(0, 5)).toEqual([]);
		expect(count.sent).toBeGreaterThan(count.refused);
	}, 300_000);

	it('writes no object of which it is not known what it is', async () => {
		const wrong: unknown[] = [];
		let refused = 0;
		for (const { put, get } of updates) {
			const type = put.body!.type.slice(1);
			const { variants, fields } = catalogue.types[type] ?? {};
			const on = variants?.on;
			if (on === undefined) continue;
			const isDue = isRequired(fields!.find(({ name }) => name === on)!, version);
			for (const said of [undefined, null, '', 'Unheard']) {
				const answer = structuredClone(
					fullAnswer(answers, get, version, kindsOfType(catalogue, put.body!.type, version)[0]),
				);
				const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
				if (said === undefined) delete record[on];
				else record[on] = said;
				recorder = new Recorder(version);
				recorder.record = answer;
				const { error } = await run(product, {
					...(Object.fromEntries(pathBindings(put).map(({ name }) => [name, ID])) as IDataObject),
					operation: put.id,
					fieldsToChange: { description: 'New' },
				});
				if (isDue || said === 'Unheard') {
					refused += 1;
					if (recorder.writes.length > 0 || !error) wrong.push([put.id, said, recorder.writes]);
				}
			}
		}
		console.info(`${version}: ${refused} of no known kind`);
		expect(wrong).toEqual([]);
	});

	it('keeps what an inner object holds that does not say what it is', async () => {
		const wrong: unknown[] = [];
		let tried = 0;
		for (const { put, get } of updates)
			for (const kind of kindsOfType(catalogue, put.body!.type, version))
				for (const said of [undefined, null, 'Unheard']) {
					const answer = structuredClone(fullAnswer(answers, get, version, kind));
					const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
					const before = takenBy(catalogue, put.body!.type, version, record) as Json;
					const inner = forksIn(put.body!.type, before);
					if (inner.length === 0) continue;
					const demanded = lackingIn(catalogue, put.body!.type, version, before);
					// The same places in what the server answers.
					for (const { path, on } of inner) {
						const object = valueAt(record, path) as Json;
						if (said === undefined) delete object[on];
						else object[on] = said;
					}
					recorder = new Recorder(version);
					recorder.record = answer;
					const fields = changeableFields({ catalogue, overlay: product.overlay }, put.id, {
						version,
						record: record as never,
					});
					const field = ['description', 'name'].find(
						(name) => typeof record[name] === 'string' && fields.some(({ id }) => id === name),
					);
					if (field === undefined) continue;
					const { error } = await run(product, {
						...(Object.fromEntries(pathBindings(put).map(({ name }) => [name, ID])) as IDataObject),
						operation: put.id,
						fieldsToChange: {
							...Object.fromEntries(
								demanded.map((name) => [
									name,
									sampleOf(fields.find(({ id }) => id === name)?.type),
								]),
							),
							[field]: 'changed by a person',
						},
					});
					const [write] = recorder.writes;
					if (error) {
						if (write || !/ needs "/.test(error.message)) wrong.push([put.id, kind, error.message]);
						continue;
					}
					tried += 1;
					const sent = write?.body && 'value' in write.body ? (write.body.value as Json) : {};
					for (const { path, on } of inner) {
						const lost = Object.keys(valueAt(before, path) as Json).filter(
							(name) => name !== on && !(name in ((valueAt(sent, path) ?? {}) as Json)),
						);
						if (lost.length > 0) wrong.push([put.id, kind, said, path, lost]);
					}
				}
		console.info(`${version}: ${tried} with inner objects of no known kind`);
		expect(wrong).toEqual([]);
	}, 300_000);

	/** Objects with kinds inside an object, the outermost of each branch; entries of lists are left out. */
	function forksIn(type: string, value: unknown, at = ''): Array<{ path: string; on: string }> {
		if (!type.startsWith('#') || type.endsWith('[]') || !isObject(value)) return [];
		const on = catalogue.types[type.slice(1)]?.variants?.on;
		if (at !== '' && on !== undefined && on in value) return [{ path: at, on }];
		return typeOf(catalogue, type.slice(1), version, value).flatMap((field) =>
			forksIn(field.type, value[field.name], at === '' ? field.name : `${at}.${field.name}`),
		);
	}

	it('sends nothing back that stands in the place of a secret, and asks for what is demanded', async () => {
		const wrong: unknown[] = [];
		const count = { left: 0, asked: 0 };
		for (const { put, get } of updates)
			for (const kind of kindsOfType(catalogue, put.body!.type, version)) {
				const type = put.body!.type;
				const answer = structuredClone(fullAnswer(answers, get, version, kind));
				const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
				const object = takenBy(catalogue, type, version, record) as Json;
				for (const { path, isDue } of secretsOf(type, object)) {
					for (const shown of [null, '', '********', '••••••']) {
						const changed = structuredClone(record);
						setIn(changed, path, shown);
						recorder = new Recorder(version);
						recorder.record = get.returns.items
							? { ...answer, [get.returns.items]: changed }
							: changed;
						const fields = changeableFields({ catalogue, overlay: product.overlay }, put.id, {
							version,
							record: changed as never,
						});
						const demanded = lackingIn(
							catalogue,
							type,
							version,
							takenBy(catalogue, type, version, record),
						).filter((name) => name !== path);
						const field = fields.find(
							({ id, type: own }) =>
								id !== path && own === 'string' && / as it is$/.test(String(valueAt(record, id))),
						);
						if (!field) continue;
						const { error } = await run(product, {
							...(Object.fromEntries(
								pathBindings(put).map(({ name }) => [name, ID]),
							) as IDataObject),
							operation: put.id,
							fieldsToChange: {
								...Object.fromEntries(
									demanded.map((name) => [
										name,
										sampleOf(fields.find(({ id }) => id === name)?.type),
									]),
								),
								[field.id]: 'changed by a person',
							},
						});
						const [write] = recorder.writes;
						const sent = write?.body && 'value' in write.body ? (write.body.value as Json) : {};
						if (isDue) {
							count.asked += 1;
							if (write || !/ needs "/.test(error?.message ?? ''))
								wrong.push([put.id, kind, path, shown, error?.message, valueAt(sent, path)]);
						} else {
							count.left += 1;
							if (error || valueAt(sent, path) !== undefined)
								wrong.push([put.id, kind, path, shown, error?.message, valueAt(sent, path)]);
						}
					}
				}
			}
		console.info(`${version}: ${JSON.stringify(count)} secrets`);
		expect(wrong).toEqual([]);
	}, 120_000);

	/** The secrets of an object, as the specification marks them or names them, entries of lists left out. */
	function secretsOf(
		type: string,
		value: unknown,
		at = '',
	): Array<{ path: string; isDue: boolean }> {
		if (!type.startsWith('#') || type.endsWith('[]') || !isObject(value)) return [];
		return typeOf(catalogue, type.slice(1), version, value).flatMap((field) => {
			const path = at === '' ? field.name : `${at}.${field.name}`;
			const isOne =
				field.type === 'password' ||
				/^(password|passphrase|privateKey|secretKey)$/i.test(field.name);
			return isOne
				? [{ path, isDue: isRequired(field, version) }]
				: secretsOf(field.type, value[field.name], path);
		});
	}

	it('sends what was given inside a list or a map as it was given', async () => {
		const wrong: unknown[] = [];
		let tried = 0;
		for (const { put, get } of updates) {
			const [kind] = kindsOfType(catalogue, put.body!.type, version);
			const answer = fullAnswer(answers, get, version, kind);
			const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
			const before = takenBy(catalogue, put.body!.type, version, record) as Json;
			const demanded = lackingIn(catalogue, put.body!.type, version, before);
			const fields = changeableFields({ catalogue, overlay: product.overlay }, put.id, {
				version,
				record: record as never,
			});
			for (const { id, type } of fields) {
				const there = valueAt(record, id);
				if (type !== 'array' || !Array.isArray(there) || !isObject(there[0])) continue;
				const given = [{ ...there[0], notYetKnown: { a: [null, 9007199254740993n.toString()] } }];
				recorder = new Recorder(version);
				recorder.record = answer;
				const { error } = await run(product, {
					...(Object.fromEntries(pathBindings(put).map(({ name }) => [name, ID])) as IDataObject),
					operation: put.id,
					fieldsToChange: {
						...Object.fromEntries(
							demanded.map((name) => [name, sampleOf(fields.find((one) => one.id === name)?.type)]),
						),
						[id]: JSON.stringify(given),
					},
				});
				tried += 1;
				const [write] = recorder.writes;
				const sent = write?.body && 'value' in write.body ? write.body.value : {};
				if (error || JSON.stringify(valueAt(sent, id)) !== JSON.stringify(given))
					wrong.push([put.id, id, error?.message, valueAt(sent, id), given]);
			}
		}
		console.info(`${version}: ${tried} lists given whole`);
		expect(wrong).toEqual([]);
	});

	it('writes nothing where the read brings no object', async () => {
		const wrong: unknown[] = [];
		for (const { put, get } of updates) {
			const envelope = get.returns.items;
			const field = 'description';
			for (const answer of [
				undefined,
				null,
				'',
				'text',
				0,
				[],
				[{ id: ID, name: 'first of a list' }],
				{},
				...(envelope
					? [{ [envelope]: null }, { [envelope]: [] }, { [envelope]: [{ id: ID }] }]
					: []),
			]) {
				recorder = new Recorder(version);
				recorder.record = answer;
				const fields = changeableFields({ catalogue, overlay: product.overlay }, put.id, {
					version,
				});
				const some = fields.find(({ id, type }) => id === field || type === 'string') ?? fields[0]!;
				const { error } = await run(product, {
					...(Object.fromEntries(pathBindings(put).map(({ name }) => [name, ID])) as IDataObject),
					operation: put.id,
					fieldsToChange: { [some.id]: some.type === 'boolean' ? true : 'New' },
				});
				if (recorder.writes.length > 0 || !error?.description)
					wrong.push([put.id, answer, error?.message, recorder.writes]);
			}
		}
		expect(wrong).toEqual([]);
	});
});

const sampleOf = (type?: string): unknown =>
	type === 'array' ? [] : type === 'boolean' ? true : ID;

function setIn(value: Json, path: string, set: unknown): void {
	const [name = '', ...inner] = path.split('.');
	if (inner.length === 0) value[name] = set;
	else if (isObject(value[name])) setIn(value[name], inner.join('.'), set);
}

function remove(value: Json, path: string): void {
	const [name = '', ...inner] = path.split('.');
	if (inner.length === 0) delete value[name];
	else if (isObject(value[name])) remove(value[name], inner.join('.'));
}

/** The same with the names in order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.keys(value)
			.sort()
			.map((name) => [name, sorted(value[name])]),
	);
}
