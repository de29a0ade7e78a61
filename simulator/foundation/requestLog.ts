/** A request as it arrived, without its secrets. */
export interface ReceivedRequest {
	/** Counts from 1; in order of arrival. */
	number: number;
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string>;
	/** Parsed where JSON or a form; `{ receivedBytes }` for an upload. */
	body?: unknown;
	/** Of the answer; left out while there is none (hanging, reset). */
	status?: number;
	/** Of the answer's body; left out for a file and where there is none. */
	answerBytes?: number;
}

const SECRET =
	/pass(word|phrase|wd)?$|token|secret|private_?key|^code$|assertion|credentialsData|sharedkey/i;
const SECRET_HEADERS = /authorization|cookie|api-?key/i;
const KEPT = 20_000;

/** The body with every secret-looking value replaced; shapes and names stay. */
export function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			SECRET.test(name) && isPlain(inner) ? '***' : withoutSecrets(inner),
		]),
	);
}

/** Text, or a list of nothing but text. */
function isPlain(value: unknown): boolean {
	return [value].flat().every((one) => typeof one === 'string');
}

/** What arrived at the simulator, for assertions. */
export class RequestLog {
	private entries: ReceivedRequest[] = [];
	private count = 0;

	add(entry: Omit<ReceivedRequest, 'number'>): ReceivedRequest {
		const headers = Object.fromEntries(
			Object.entries(entry.headers).map(([name, text]) => [
				name,
				SECRET_HEADERS.test(name) ? text.replace(/^(Bearer )?.*$/s, '$1***') : text,
			]),
		);
		const query = withoutSecrets(entry.query) as Record<string, unknown>;
		const kept = { ...entry, headers, query, number: ++this.count };
		this.entries.push(kept);
		if (this.entries.length > KEPT) this.entries.shift();
		return kept;
	}

	list(): readonly ReceivedRequest[] {
		return this.entries;
	}

	clear(): void {
		this.entries = [];
	}
}
