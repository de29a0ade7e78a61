/** Suites over Veeam's own files, which are not part of this repository. */
import type { INodeType } from 'n8n-workflow';

import { PRODUCTS, type RegisteredProduct } from '../../nodes/products';
import type { Operation } from '../../nodes/shared/catalogue/types';
import type { Schema } from '../contract/openapi';
import { specificationsOf, SPECIFICATIONS_FOLDER } from '../contract/specifications';
import type { SampleAnswers } from './sampleAnswers';

/** A version of a product, and its file. */
export interface SpecifiedVersion {
	registered: RegisteredProduct;
	version: string;
	file: string;
}

const nodes = new Map<RegisteredProduct, INodeType>();

/** The action node of a product: one for all its versions, as n8n makes one, and building its form takes long. */
export function nodeOf(registered: RegisteredProduct): INodeType {
	const node = nodes.get(registered) ?? new registered.Node();
	nodes.set(registered, node);
	return node;
}

/** A suite for each version of each product whose file is there; without any, it says why it is skipped. */
export function describeSpecified(suite: (one: SpecifiedVersion) => void): void {
	const versions = PRODUCTS.flatMap((registered) =>
		specificationsOf(registered.key).map(({ version, file }) => ({ registered, version, file })),
	);
	if (versions.length > 0) describe.each(versions)('$registered.key $version', suite);
	else skipUnspecified();
}

/** The operations of a version whose answers its file describes, each with the answer's schema. */
export function answeredOperations(
	{ registered, version }: Pick<SpecifiedVersion, 'registered' | 'version'>,
	samples: SampleAnswers,
): Array<{ operation: Operation; schema: Schema }> {
	const { adapter } = registered.product;
	const base = adapter.basePath(version);
	const byPath = new Map(
		adapter.catalogue().operations.map((one) => [`${one.method} ${base}${one.path}`, one]),
	);
	return samples.all().flatMap(({ methodAndPath, schema }) => {
		const operation = byPath.get(methodAndPath);
		return operation && schema ? [{ operation, schema }] : [];
	});
}

/** Stands in for what cannot be held against the files, and says so. */
export const skipUnspecified = (): void =>
	it.skip(`skipped: there are no specifications in ${SPECIFICATIONS_FOLDER}; name their folder in VEEAM_SPECS`, () => {});
