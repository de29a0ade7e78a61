/**
 * Import this before a node: `….node` means the class in `….node.ts`, as jest and tsc read it. tsx
 * would find n8n's `….node.json` beside it first.
 */
import { registerHooks } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

registerHooks({
	resolve(specifier, context, next) {
		if (!specifier.endsWith('.node') || !context.parentURL) return next(specifier, context);
		const source = new URL(`${specifier}.ts`, context.parentURL).href;
		return existsSync(fileURLToPath(source))
			? { url: source, format: 'commonjs', shortCircuit: true }
			: next(specifier, context);
	},
});
