/**
 * What @n8n/node-cli would configure (it cannot be installed, see the plugins' own settings in
 * @n8n/scan-community-package, which n8n's review runs): both n8n plugins over what ships, and
 * ordinary TypeScript rules over what does not.
 */
import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importPlugin from 'eslint-plugin-import-x';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What is published. */
const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

export default tseslint.config(
	globalIgnores(['dist/', 'artifacts/', '.cache/', '**/node_modules/']),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	{
		files: ['**/*.{ts,mts,cts,js,mjs,cjs}'],
		extends: [
			eslint.configs.recommended,
			tseslint.configs.recommended,
			importPlugin.flatConfigs.recommended,
		],
		settings: {
			'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'test/tsconfig.json' })],
		},
		rules: {
			'prefer-spread': 'off',
			// TypeScript checks these better.
			'import-x/no-unresolved': 'off',
			'import-x/named': 'off',
			'import-x/namespace': 'off',
			'import-x/default': 'off',
			'import-x/no-named-as-default-member': 'off',
			'import-x/no-cycle': 'error',
			'import-x/no-duplicates': 'error',
			eqeqeq: 'error',
		},
	},

	{
		files: SHIPPED,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { 'no-console': 'error' },
	},
	{
		files: ['package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: n8nNodesPlugin.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		rules: {
			...n8nNodesPlugin.configs.credentials.rules,
			// For nodes inside n8n's own repository only.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// The community plugin's credential-password-field is more accurate.
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		rules: {
			...n8nNodesPlugin.configs.nodes.rules,
			// Inputs and outputs may be the enum instead of the string "main".
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// An API may have a maximum of its own.
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},

	{
		// Runs on the developer's machine: Node's globals and the console are at home here.
		files: ['**/*.{mjs,cjs,js}', '{scripts,test,simulator,demo}/**/*.ts'],
		languageOptions: { globals: globals.node },
		rules: {
			// Windows has another separator, and a URL's path is none of the file system there.
			'no-restricted-syntax': [
				'error',
				{
					selector:
						'TemplateLiteral > Identifier[name=/^__(dirname|filename)$/], BinaryExpression[operator="+"] > Identifier[name=/^__(dirname|filename)$/]',
					message: 'Join paths with node:path.',
				},
				{
					selector: 'MemberExpression[property.name="pathname"] > NewExpression:has(MetaProperty)',
					message: 'Take fileURLToPath of node:url.',
				},
			],
		},
	},
	{
		files: ['**/*.{cjs,js}'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{
		files: ['test/**/*.ts'],
		languageOptions: { globals: globals.jest },
	},
);
