import { fromFile } from './stored';
import { nearestVersion } from './read';
import type { ApiVersion, Catalogue, TypeExpression } from './types';

/**
 * What the answers of a product hold, in every version and down to the last level. Lies beside
 * operations.json as answers.json; nothing of the package loads it at run time: the simulator and
 * the tests do.
 */
export interface AnswerCatalogue
	extends Pick<Catalogue, 'product' | 'versions' | 'types' | 'enums'> {
	/** By operation id: the type of the whole answer, more than one where versions differ in it. */
	operations: Record<string, Array<{ type: TypeExpression; in?: ApiVersion[] }>>;
}

/** The answers of a file (answers.json), each range as the list of its versions. */
export function answersFromFile(file: unknown): AnswerCatalogue {
	const { operations, ...rest } = file as AnswerCatalogue & object;
	// The lines of operations are ranged like fields.
	const holders = Object.fromEntries(
		Object.entries(operations).map(([id, fields]) => [`${id} `, { fields }]),
	);
	const { types, ...expanded } = fromFile({
		...rest,
		operations: [],
		types: { ...rest.types, ...holders },
	});
	const answers: AnswerCatalogue['operations'] = {};
	for (const id of Object.keys(operations)) {
		answers[id] = types[`${id} `]!.fields;
		delete types[`${id} `];
	}
	return { ...expanded, types, operations: answers };
}

/** The type of an operation's whole answer in a version; undefined where it answers nothing. */
export function answerType(
	{ operations, versions }: AnswerCatalogue,
	operationId: string,
	version: ApiVersion,
): TypeExpression | undefined {
	const nearest = nearestVersion(versions, version);
	return operations[operationId]?.find((one) => one.in?.includes(nearest) ?? true)?.type;
}
