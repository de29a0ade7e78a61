/** How the description stays small: one definition for many operations, and short conditions. */
import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import { additionalFields } from '../../nodes/shared/form/controls';
import { collectionRequests } from '../../nodes/shared/form/collections';
import { sortPathParameters } from '../../nodes/shared/binding/sortPathParameters';
import { dedupe, type PropertyRequest } from '../../nodes/shared/form/dedupe';
import { oneOf, oneOfExcept } from '../../nodes/shared/form/conditionCompression';
import { NODES } from './description.support';

/** The operations for which n8n itself shows a property. */
const shownFor = (property: INodeProperties, all: string[], root = {}) =>
	all.filter((operation) =>
		NodeHelpers.displayParameter({ operation }, property, { typeVersion: 1 }, null, {
			operation,
			...root,
		}),
	);

const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});

describe('a condition with exceptions', () => {
	const property = (wanted: string[], all: string[]): INodeProperties => {
		const { show, hide } = oneOfExcept(wanted, all);
		const conditions = { show: { operation: show }, ...(hide && { hide: { operation: hide } }) };
		return field('any', { displayOptions: conditions });
	};

	it('is the plain one where nothing is gained', () => {
		expect(oneOfExcept(['startJob'], ['startJob', 'stopJob'])).toEqual({ show: ['startJob'] });
	});

	it('names the few that are not meant', () => {
		const lists = ['Jobs', 'Companies', 'Alarms', 'Sites', 'Servers', 'Tenants', 'TimeZones'];
		const all = [...lists.map((name) => `list${name}`), 'getJob'];
		const wanted = all.filter((id) => id.startsWith('list') && id !== 'listTimeZones');
		expect(oneOfExcept(wanted, all)).toEqual({
			show: [{ _cnd: { startsWith: 'list' } }],
			hide: ['listTimeZones'],
		});
		expect(shownFor(property(wanted, all), all)).toEqual(wanted);
	});

	it.each(NODES)(
		'holds for exactly the values wanted, and is no longer, in $product',
		({ catalogue }) => {
			const all = catalogue.operations.map(({ id }) => id);
			const verb = (id: string) => id.replace(/[A-Z].*/, '');
			for (const one of new Set(all.map(verb)))
				for (const step of [2, 3, 7, 11, 31]) {
					const wanted = all.filter((id, index) => verb(id) === one && index % step !== 0);
					expect(shownFor(property(wanted, all), all)).toEqual(wanted);
					const plain = JSON.stringify({ show: oneOf(wanted, all) });
					expect(JSON.stringify(oneOfExcept(wanted, all)).length).toBeLessThanOrEqual(plain.length);
				}
		},
	);
});

describe('path parameters', () => {
	const propertyRequest = (
		name: string,
		operation: string,
		more: Partial<INodeProperties> = {},
	): PropertyRequest => ({
		property: field(name, more),
		operation,
		section: 0,
	});
	const names = (propertyRequests: PropertyRequest[], all: string[]) =>
		dedupe(propertyRequests, all).map(({ name }) => name);

	it('stand once each, in the order of every path', () => {
		const propertyRequests = sortPathParameters([
			[propertyRequest('site', 'getSite')],
			[propertyRequest('company', 'getCompanySite'), propertyRequest('site', 'getCompanySite')],
			[propertyRequest('site', 'getTenant'), propertyRequest('tenant', 'getTenant')],
		]);
		expect(names(propertyRequests, ['getSite', 'getCompanySite', 'getTenant'])).toEqual([
			'company',
			'site',
			'tenant',
		]);
	});

	it('stand twice where two paths contradict each other', () => {
		const propertyRequests = sortPathParameters([
			[propertyRequest('a', 'one'), propertyRequest('b', 'one')],
			[propertyRequest('b', 'two'), propertyRequest('a', 'two')],
		]);
		const shared = dedupe(propertyRequests, ['one', 'two']);
		for (const [operation, order] of [
			['one', ['a', 'b']],
			['two', ['b', 'a']],
		] as const)
			expect(
				shared.filter((property) => shownFor(property, [operation]).length).map(({ name }) => name),
			).toEqual(order);
	});

	it('are one picker, whatever they depend on in each path', () => {
		const picker = (outer: string[]): Partial<INodeProperties> => ({
			type: 'resourceLocator',
			...(outer.length ? { typeOptions: { loadOptionsDependsOn: outer } } : {}),
		});
		const propertyRequests = sortPathParameters([
			[propertyRequest('company', 'getCompany', picker([]))],
			[propertyRequest('company', 'getResellerCompany', picker(['reseller.value']))],
		]);
		const shared = dedupe(propertyRequests, ['getCompany', 'getResellerCompany', 'getSite']);
		expect(shared.map(({ typeOptions }) => typeOptions)).toEqual([
			{ loadOptionsDependsOn: ['reseller.value'] },
		]);
	});
});

describe('a collection of optional fields', () => {
	const propertyRequest = (operation: string, name: string): PropertyRequest => ({
		property: field(name),
		operation,
		section: 0,
	});
	const collections = (entries: PropertyRequest[], all: string[]) =>
		dedupe(collectionRequests({ entries, section: 0, build: additionalFields }), all);

	it('is one for all, whose entries say for which operations they are', () => {
		const all = ['createJob', 'createSite', 'deleteSite'];
		const [only, ...more] = collections(
			[propertyRequest('createJob', 'a'), propertyRequest('createSite', 'b')],
			all,
		);
		expect(more).toEqual([]);
		expect(shownFor(only!, all)).toEqual(['createJob', 'createSite']);
		const entries = only!.options as INodeProperties[];
		expect(entries.map((entry) => [entry.name, shownFor(entry, all)])).toEqual([
			['a', ['createJob']],
			['b', ['createSite']],
		]);
	});

	it('has entries without conditions where all its operations have them', () => {
		const all = ['createJob', 'createSite', 'deleteSite'];
		const entries = ['createJob', 'createSite'].map((operation) => propertyRequest(operation, 'a'));
		const [only] = collections(entries, all);
		expect(only!.options).toEqual([field('a')]);
	});

	it('is one of its own for an operation with many fields that no other has', () => {
		const all = ['createJob', 'createSite'];
		const many = [...'bcdefghij'].map((name) => propertyRequest('createJob', name));
		const shared = collections([propertyRequest('createSite', 'a'), ...many], all);
		expect(
			shared.map((property) => [
				shownFor(property, all),
				(property.options as INodeProperties[]).map(({ name, displayOptions }) => [
					name,
					displayOptions,
				]),
			]),
		).toEqual([
			[['createSite'], [['a', undefined]]],
			[['createJob'], [...'bcdefghij'].map((name) => [name, undefined])],
		]);
	});
});
