type Node = Record<string, unknown>;

/** The value at a dotted path; '' is the body itself, undefined where there is nothing. */
export function valueAt(body: unknown, path: string): unknown {
	if (path === '') return body;
	return path
		.split('.')
		.reduce<unknown>((value, name) => (value as Node | null | undefined)?.[name], body);
}

/** A copy with another value at a dotted path; as it is where there is nothing at the path. */
export function withValueAt(body: unknown, path: string, value: unknown): unknown {
	if (path === '') return value;
	if (valueAt(body, path) === undefined) return body;
	const [first, ...rest] = path.split('.') as [string, ...string[]];
	const node = body as Node;
	return { ...node, [first]: withValueAt(node[first], rest.join('.'), value) };
}
