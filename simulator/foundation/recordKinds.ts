import { answerType, type AnswerCatalogue } from '../../nodes/shared/catalogue/answerTypes';
import {
	enumValues,
	fieldsIn,
	isRequired,
	objectType,
	parseType,
	variantsOf,
} from '../../nodes/shared/catalogue/read';
import type { ApiVersion, Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import type { Item } from './listQuery';

/**
 * What schemas without a value call it, best first, by enum: `{EJobType: {VSphereBackup: ['Backup']}}`.
 * An estate is written in the words of the newest version; older ones, and other lists, have others.
 */
export type OtherNames = Record<string, Record<string, string[]>>;

/** The kinds that a record may be of in a version. */
interface Kinds {
	/** Top-level enum fields, each with the version's spelling of every value it has. */
	enums: Array<{ name: string; required: boolean; spelling: ReadonlyMap<string, string> }>;
	/** The fields that tell variants apart, outermost first, each with its first variant. */
	first: Item;
}

/**
 * Which records a version can show. A server has none of a kind that its version does not know: such
 * a record of the estate is in no list and is not found by its id.
 */
export class RecordKinds {
	private readonly known = new Map<string, Kinds | undefined>();

	constructor(
		private readonly answers: AnswerCatalogue,
		private readonly otherNames: OtherNames = {},
	) {}

	/** Whether the record an operation reads or lists can be one of the version's. */
	has(operation: Operation, version: ApiVersion, record: Item): boolean {
		return (
			this.of(operation, version)?.enums.every(({ name, required, spelling }) => {
				const value = record[name];
				return !required || typeof value !== 'string' || spelling.has(value.toLowerCase());
			}) ?? true
		);
	}

	/** The record with its kinds as the version spells them; the record itself where they are so. */
	spelled(operation: Operation, version: ApiVersion, record: Item): Item {
		const changes: Item = {};
		for (const { name, spelling } of this.of(operation, version)?.enums ?? []) {
			const value = record[name];
			const spelt = typeof value === 'string' ? spelling.get(value.toLowerCase()) : undefined;
			if (spelt !== undefined && spelt !== value) changes[name] = spelt;
		}
		return Object.keys(changes).length > 0 ? { ...record, ...changes } : record;
	}

	/** What a made-up record holds in the fields that tell variants apart. */
	first(operation: Operation, version: ApiVersion): Item {
		return this.of(operation, version)?.first ?? {};
	}

	/** Every value of an enum that a version takes or has another name for, by its lower case. */
	spelling(enumName: string, version: ApiVersion): ReadonlyMap<string, string> {
		const key = `${version} ${enumName}`;
		let spelling = this.spellings.get(key);
		if (!spelling) {
			const values = enumValues(this.catalogue(), enumName, version);
			spelling = new Map(values.map((value) => [value.toLowerCase(), value]));
			for (const [name, older] of Object.entries(this.otherNames[enumName] ?? {})) {
				const instead = older.find((one) => values.includes(one));
				if (instead !== undefined && !spelling.has(name.toLowerCase()))
					spelling.set(name.toLowerCase(), instead);
			}
			this.spellings.set(key, spelling);
		}
		return spelling;
	}

	private readonly spellings = new Map<string, Map<string, string>>();

	private catalogue(): Catalogue {
		return this.answers as unknown as Catalogue;
	}

	private of(operation: Operation, version: ApiVersion): Kinds | undefined {
		const key = `${version} ${operation.id}`;
		if (!this.known.has(key)) this.known.set(key, this.read(operation, version));
		return this.known.get(key);
	}

	private read({ id, returns }: Operation, version: ApiVersion): Kinds | undefined {
		if (!this.answers.versions.includes(version)) return undefined;
		let name = this.objectOf(answerType(this.answers, id, version) ?? 'any');
		const isList = returns.kind === 'page' || returns.kind === 'list';
		if (name !== undefined && returns.items) {
			const fields = fieldsIn(this.catalogue(), objectType(this.catalogue(), name).fields, version);
			name = this.objectOf(fields.find((one) => one.name === returns.items)?.type ?? 'any');
		} else if (isList && returns.items === undefined) return undefined;
		if (name === undefined) return undefined;
		return { enums: this.enums(name, version), first: this.variants(name, version) };
	}

	private objectOf(expression: string): string | undefined {
		const type = parseType(expression);
		if (type.kind === 'list') return this.objectOf(type.of);
		return type.kind === 'object' ? type.name : undefined;
	}

	private enums(name: string, version: ApiVersion): Kinds['enums'] {
		const { fields } = objectType(this.catalogue(), name);
		const fork = variantsOf(this.catalogue(), name, version);
		return fieldsIn(this.catalogue(), fields, version).flatMap((field) => {
			const type = parseType(field.type);
			const required = isRequired(field, version) || field.name === fork?.on;
			const spelling =
				type.kind === 'enum'
					? this.spelling(type.name, version)
					: // The kinds of a fork whose field is plain text are those of its variants.
						new Map(
							field.name === fork?.on
								? fork.variants.map(({ value }) => [value.toLowerCase(), value])
								: [],
						);
			return spelling.size > 0 ? [{ name: field.name, required, spelling }] : [];
		});
	}

	private variants(name: string, version: ApiVersion, decided: string[] = []): Item {
		const fork = variantsOf(this.catalogue(), name, version);
		const first = fork?.variants[0];
		if (!fork || !first || decided.includes(fork.on)) return {};
		return {
			[fork.on]: first.value,
			...this.variants(first.type, version, [...decided, fork.on]),
		};
	}
}
