import type { AnswerCatalogue } from '../../nodes/shared/catalogue/answerTypes';
import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import { align } from './align';
import { compact } from './compact';
import type { Source } from './load';
import { answerMedia } from './media';
import { merge } from './merge';
import { nameAndPrune } from './naming';
import { operationsOf, resolve } from './openapi';
import type { OpenApi, RawBody, RawOperation, Schema } from './openapi';
import { inOrder } from './order';
import type { Product } from './products';
import { block, named, rows } from './serialise';
import { ANONYMOUS, Shapes } from './shapes';

/** The one field of the type that stands for an operation's answer while versions are merged. */
const ANSWER = 'answer';

/**
 * What the answers of all operations hold, in every version, down to the last level: the same
 * reading as that of bodies (compile.ts), of the other side.
 *
 * @param catalogue of the same sources, for the ids of operations
 */
export function buildAnswers(
	product: Product,
	sources: Source[],
	catalogue: Catalogue,
): AnswerCatalogue {
	const parts = sources.map(({ document, version }) => compileAnswers(document, product, version));
	for (let older = parts.length - 2; older >= 0; older -= 1) {
		for (const newer of parts.slice(older + 1)) align(parts[older]!, newer);
	}
	const { versions, operations, types, enums } = inOrder(nameAndPrune(merge(parts)));
	const ids = new Map(catalogue.operations.map((one) => [`${one.method} ${one.path}`, one.id]));
	const answers: AnswerCatalogue['operations'] = {};
	for (const { method, path, body } of operations) {
		const id = ids.get(`${method} ${path}`);
		const holder = body!.type.slice(1);
		if (id !== undefined) {
			answers[id] = types[holder]!.fields.map(({ type, in: some }) => ({
				type,
				...(some ? { in: some } : {}),
			}));
		}
		delete types[holder];
	}
	return { product: product.key, versions, operations: answers, types, enums };
}

function compileAnswers(document: OpenApi, product: Product, version: string): Catalogue {
	const shapes = new Shapes(document, 'answer');
	const operations: Operation[] = [];
	for (const { method, path: fullPath, operation } of operationsOf(document)) {
		const path = fullPath.replace(product.prefix, '');
		const key = `${method.toUpperCase()} ${path}`;
		const schema = answerSchema(document, operation);
		if (!schema || product.leftToCredential.includes(key)) continue;
		const holder = `answer of ${key}`.replace(/[^\w.-]/g, '_');
		const type = shapes.expression(schema, `${holder}${ANONYMOUS}${ANSWER}`);
		shapes.types[holder] = { fields: [{ name: ANSWER, type }] };
		operations.push({
			id: key,
			title: '',
			tag: '',
			method: method.toUpperCase() as Operation['method'],
			path,
			in: [version],
			body: { media: 'json', type: `#${holder}` },
			returns: { kind: 'nothing' },
		});
	}
	const { types, enums } = shapes;
	return { product: product.key, versions: [version], operations, types, enums };
}

/** Of the first success with JSON. */
function answerSchema(document: OpenApi, { responses }: RawOperation): Schema | undefined {
	return Object.entries(responses)
		.filter(([status]) => /^2\d\d$/.test(status) && status !== '204')
		.flatMap(([, answer]) => Object.entries(resolve<RawBody>(document, answer).content ?? {}))
		.filter(([media]) => answerMedia(media) !== 'file')
		.map(([, { schema }]) => schema)
		.find((schema) => schema !== undefined && resolve(document, schema).format !== 'binary');
}

/** One line for each operation, field and value, with ranges of versions as in operations.json. */
export function serialiseAnswers(answers: AnswerCatalogue): string {
	const { product, versions, operations, types, enums } = answers;
	const flat = compact({
		product,
		versions,
		operations: [],
		types: {
			...types,
			...Object.fromEntries(
				Object.entries(operations).map(([id, some]) => [
					`${id} `,
					{ fields: some.map((one) => ({ name: '', ...one })) },
				]),
			),
		},
		enums,
	}) as Catalogue;
	const isOperation = (name: string) => name.endsWith(' ');
	const all = Object.entries(flat.types);
	const lines = Object.fromEntries(
		all
			.filter(([name]) => isOperation(name))
			.map(([name, { fields }]) => [
				name.trim(),
				fields.map((field) => ({ ...field, name: undefined })),
			]),
	);
	return `{
"product": ${JSON.stringify(product)},
"versions": ${JSON.stringify(versions)},
"operations": ${named(lines, (value) => JSON.stringify(value))},
"types": ${named(Object.fromEntries(all.filter(([name]) => !isOperation(name))), block)},
"enums": ${named(flat.enums, rows)}
}
`;
}
