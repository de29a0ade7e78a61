/**
 * An update changes what the user changes: every PUT of every version whose object can be read, on
 * records built from the answers' own schemas.
 */
import type { ResourceMapperField } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { pathBindings } from '../../nodes/shared/binding/parameterBinding';
import type { Operation } from '../../nodes/shared/catalogue/types';
import { changeableFields } from '../../nodes/shared/form/fieldsToChange';
import type { VeeamRequest } from '../../nodes/shared/http/types';
import { ID, Recorder, run } from './formDriver.support';
import {
	answersOf,
	fullAnswer,
	kindsOfType,
	lackingIn,
	pathsThatDiffer,
	putsOf,
	takenBy,
	valueAt,
	type Json,
} from './updates.support';

let recorder: Recorder;

jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => recorder.client(),
}));

const CASES = PRODUCTS.map((product) => {
	const catalogue = product.product.adapter.catalogue();
	return {
		...product,
		catalogue,
		...putsOf(product, catalogue),
		answers: answersOf(product.folder),
	};
});

/** PUTs that nothing is read for, all of them. */
const WHOLE: Record<string, string[]> = {
	// Actions; a note that is read with its exclusion.
	vbr: ['unlockVolume', 'updateExclusionNote'],
	// Bodies that are lists.
	vb365: ['addBackupAccounts', 'replaceBackupApplications'],
	// Files, switches without a read, and what happens once.
	vspc: [
		'attachAsyncActionData',
		'setSiteMaintenanceMode',
		'setSiteTenantManagementMode',
		'installBackupServerLicense',
		'installConsoleLicense',
		'installSiteLicense',
		'installVb365ServerLicense',
		'installVOneServerLicense',
		'completePasswordReset',
	],
};

const COUNT: Record<string, number> = { vbr: 37, vb365: 28, vspc: 4 };

/** A value for what the server demands and does not give back. */
const sampleOf = (field?: ResourceMapperField): unknown =>
	field?.type === 'array' ? [] : field?.type === 'boolean' ? true : ID;

const idsOf = (put: Operation): Json =>
	Object.fromEntries(pathBindings(put).map(({ name }) => [name, ID]));

/** Another value of a field than the one that stands there. */
function another(field: ResourceMapperField, there: unknown): unknown {
	if (field.type === 'boolean') return there !== true;
	if (field.type === 'number') return Number(there ?? 0) + 1;
	if (field.type === 'options')
		return field.options?.map(({ value }) => value).find((value) => value !== there);
	if (field.type === 'dateTime') return '2027-01-01T00:00:00+01:00';
	if (field.type === 'array') return Array.isArray(there) ? there.slice(0, 1) : undefined;
	if (field.type === 'object') return { second: 'value' };
	return there === ID ? '0f9c2ba4-e88f-467a-9a72-1d1a2c3b4d5e' : ID;
}

describe.each(CASES)('$key', ({ key, product, catalogue, updates, others, answers }) => {
	it('offers the whole object as JSON alone where nothing can be read', () => {
		expect(others).toEqual(WHOLE[key]);
		expect(updates).toHaveLength(COUNT[key]!);
	});

	const versions = updates.flatMap(({ put, get }) =>
		put.in.map((version) => ({ id: put.id, put, get, version })),
	);

	it.each(versions)('$id of $version changes one field and nothing else', async (one) => {
		const { put, get, version } = one;
		const wrong: unknown[] = [];
		let tried = 0;
		const kinds = kindsOfType(catalogue, put.body!.type, version);
		for (const kind of kinds) {
			const answer = fullAnswer(answers, get, version, kind);
			const record = (get.returns.items ? answer[get.returns.items] : answer) as Json;
			const before = takenBy(catalogue, put.body!.type, version, record) as Json;
			const lacks = lackingIn(catalogue, put.body!.type, version, before);
			const fields = changeableFields({ catalogue, overlay: product.overlay }, put.id, {
				version,
				record: record as never,
			});
			// All fields in the newest version; the ends of the list in the others.
			const some =
				version === put.in.at(-1) ? fields : [...fields.slice(0, 2), ...fields.slice(-2)];
			for (const field of some) {
				const value = another(field, valueAt(record, field.id));
				if (value === undefined || lacks.includes(field.id)) continue;
				recorder = new Recorder(version);
				recorder.record = answer;
				const demanded = lacks.map((name) => [
					name,
					sampleOf(fields.find(({ id }) => id === name)),
				]);
				const given = { ...Object.fromEntries(demanded), [field.id]: value };
				const { error } = await run(product, {
					...idsOf(put),
					operation: put.id,
					fieldsToChange: given,
				} as never);
				tried += 1;
				// What begins a part that was not there has to bring the rest that the schema demands.
				const parent = field.id.split('.').slice(0, -1).join('.');
				const begins = parent !== '' && valueAt(record, parent) === undefined;
				if (begins && /" needs "/.test(error?.message ?? '')) continue;
				const [write] = recorder.writes;
				const body = write?.body && 'value' in write.body ? (write.body.value as Json) : {};
				const differ = pathsThatDiffer(before, body).filter((path) => !lacks.includes(path));
				// What tells kinds apart inside the object brings other fields with it.
				const inside = parent === '' ? '' : `${parent}.`;
				const isKind =
					field.type === 'options' &&
					differ.includes(field.id) &&
					differ.every((path) => path.startsWith(inside));
				const isRight =
					differ.length === 1 && (differ[0] === field.id || differ[0]!.startsWith(`${field.id}.`));
				if (error || (!isRight && !isKind))
					wrong.push([kind, field.id, value, error?.message, differ]);
				if (recorder.sent[0]?.method !== 'GET' || recorder.sent.length !== 2)
					wrong.push([kind, field.id, recorder.sent.map(({ method }: VeeamRequest) => method)]);
			}
		}
		expect(wrong).toEqual([]);
		expect(tried).toBeGreaterThan(0);
	});
});
