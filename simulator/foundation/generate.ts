import type {
	ApiVersion,
	Catalogue,
	Operation,
	Returns,
	TypeExpression,
} from '../../nodes/shared/catalogue/types';
import { enumValues } from '../../nodes/shared/catalogue/read';
import { numberFor, pickFor, uuidFor } from './random';
import type { Item } from './listQuery';
import type { RecordKinds } from './recordKinds';

const PLACES = ['Berlin', 'Lisbon', 'Oslo', 'Turin', 'Vienna', 'Zurich'];

/** Fields of these names get such a value. */
export type ValueRule = readonly [name: RegExp, value: (seed: string) => unknown];

/** Names whose value a person expects to look like something. */
const BY_NAME: readonly ValueRule[] = [
	[
		/^(hostName|dnsName|machineName|serverName|vmName|computerName)$/i,
		(seed) => `srv-${pickFor(seed, PLACES).toLowerCase()}.example.lab`,
	],
	[/^(ip|ipAddress|ipV4.*)$/i, (seed) => `192.0.2.${numberFor(seed, 1, 254)}`],
	[/description|note$/i, () => 'Made by the simulator'],
	[/path$|folder$/i, (seed) => `/backups/${pickFor(seed, PLACES).toLowerCase()}`],
	[/version$/i, () => '13.1.0.411'],
	[/user(name)?$|createdBy|initiatedBy|owner/i, () => 'VBR01\\admin'],
	[/email/i, () => 'backup@example.lab'],
	[/url|uri/i, () => 'https://srv.example.lab'],
	[/thumbprint|fingerprint/i, (seed) => uuidFor(seed).replace(/-/g, '').toUpperCase()],
	[/size|bytes/i, (seed) => String(numberFor(seed, 1, 900) * 1_048_576)],
];

/** Plausible values from the catalogue's types: always the same for the same seed. */
export class Generator {
	constructor(
		private readonly catalogue: Catalogue,
		private readonly kinds: RecordKinds,
		private readonly now: () => number,
		private readonly rules: readonly ValueRule[] = [],
	) {}

	/** A record with every field that the catalogue says an operation gives back. */
	record(
		operation: Operation,
		returns: Returns,
		version: ApiVersion,
		seed: string,
		label: string,
	): Item {
		const made = Object.entries(returns.fields ?? {}).map(([name, type]) => [
			name,
			/^(display)?name$/i.test(name) ? label : this.value(name, type, version, `${seed}.${name}`),
		]);
		return { ...Object.fromEntries(made), ...this.kinds.first(operation, version) };
	}

	private value(name: string, type: TypeExpression, version: ApiVersion, seed: string): unknown {
		if (type.endsWith('[]')) return [];
		if (type.startsWith('@'))
			return enumValues(this.catalogue, type.slice(1), version)[0] ?? 'None';
		switch (type) {
			case 'uuid':
				return uuidFor(seed);
			case 'dateTime':
				return new Date(this.now() - numberFor(seed, 1, 72) * 3_600_000).toISOString();
			case 'date':
				return new Date(this.now()).toISOString().slice(0, 10);
			case 'integer':
				return numberFor(seed, 1, 20);
			case 'number':
				return numberFor(seed, 10, 900) / 10;
			case 'boolean':
				return numberFor(seed, 0, 1) === 1;
			case 'any':
				return null;
			case 'string':
				return /(^|[a-z])id$/i.test(name) ? uuidFor(seed) : this.text(name, seed);
			default:
				return type.startsWith('#') || type.startsWith('{') || type === 'object'
					? {}
					: this.text(name, seed);
		}
	}

	private text(name: string, seed: string): unknown {
		const rule = [...this.rules, ...BY_NAME].find(([pattern]) => pattern.test(name));
		return rule ? String(rule[1](seed)) : `${pickFor(seed, PLACES)} ${numberFor(seed, 1, 99)}`;
	}
}
