import type { IExecuteFunctions } from 'n8n-workflow';

/** What was said above the output of each run of a node. */
const said = new WeakMap<object, Set<string>>();

/**
 * Says something above a node's output, once for each of its runs. Triggers and dropdowns have no such
 * place; older n8n has none either.
 *
 * @param context that of the run
 */
export function hint(context: object, message: string, type: 'info' | 'warning' = 'info'): void {
	const { addExecutionHints } = context as Partial<IExecuteFunctions>;
	const before = said.get(context) ?? new Set();
	said.set(context, before);
	if (!addExecutionHints || before.has(message)) return;
	before.add(message);
	addExecutionHints.call(context as IExecuteFunctions, { message, type, location: 'outputPane' });
}
