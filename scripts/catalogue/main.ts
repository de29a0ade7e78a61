import { buildAnswers, serialiseAnswers } from './answerShapes';
import { build } from './build';
import { answersPath, cataloguePath, readCommitted, writeCatalogue } from './files';
import { load } from './load';
import { CatalogueError } from './openapi';
import { checkOverlay } from './overlay';
import { PRODUCTS } from './products';
import { report } from './report';
import { serialise } from './serialise';

const USAGE = `npm run catalogue -- <${PRODUCTS.map(({ key }) => key).join('|')}> <file or folder>… [--drop]`;

/**
 * `npm run catalogue -- <product> <file or folder>…`: writes nodes/<Product>/api/operations.json
 * from OpenAPI files of all versions, where the product's overlay has no entry that is there for nothing.
 *
 * @param root where the package lies
 * @returns the lines to print
 * @throws CatalogueError, with nothing written
 */
export function run(args: string[], root?: string): string {
	const [key, ...paths] = args.filter((one) => one !== '--drop');
	const product = PRODUCTS.find((one) => one.key === key);
	if (!product || paths.length === 0) {
		throw new CatalogueError(
			product ? 'No file is named.' : `"${key ?? ''}" is no product.`,
			`Use: ${USAGE}`,
		);
	}
	const file = cataloguePath(product, root);
	const committed = readCommitted(file);
	const { sources, foreign } = load(product, paths);
	if (sources.length === 0) {
		throw new CatalogueError(
			`No file of ${product.displayName} in ${paths.join(', ')}.`,
			"Name the vendor's OpenAPI files, or a folder that holds them.",
		);
	}
	const versions = sources.map(({ version }) => version);
	const missing = (committed?.catalogue.versions ?? []).filter((one) => !versions.includes(one));
	if (missing.length > 0 && !args.includes('--drop')) {
		throw new CatalogueError(
			`The catalogue also has ${missing.join(', ')}, of which no file is named.`,
			'Name the files of all versions, or add --drop to give those versions up.',
		);
	}
	const built = build(product, sources, committed?.catalogue);
	const text = serialise(built.catalogue);
	const lines = [
		...foreign.map((one) => `${one.file}: passed over, it describes ${one.product}`),
		report(built, Buffer.byteLength(text)),
		...checkOverlay(product, built.catalogue, root),
	];
	const answers = serialiseAnswers(buildAnswers(product, sources, built.catalogue));
	writeCatalogue(answersPath(product, root), answers);
	if (committed?.text === text) return [...lines, 'Nothing has changed.'].join('\n');
	writeCatalogue(file, text);
	return [...lines, `Written to nodes/${product.folder}/api/operations.json.`].join('\n');
}

if (require.main === module) {
	try {
		console.log(run(process.argv.slice(2)));
	} catch (error) {
		if (!(error instanceof CatalogueError)) throw error;
		console.error(`${error.message}\n${error.description}\nNothing was written.`);
		process.exitCode = 1;
	}
}
