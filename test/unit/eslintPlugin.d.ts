declare module 'eslint-plugin-n8n-nodes-base' {
	/** The part that the tests use. */
	const plugin: { configs: Record<'nodes', { rules: Record<string, unknown> }> };
	export default plugin;
}
