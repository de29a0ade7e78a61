/**
 * Says whether the last `npm test` held the package against Veeam's specifications, which are not
 * part of the repository: `node scripts/contractRan.mjs [--warn] [summary.json]`.
 *
 * Ends with 1 where a proof was skipped, unless that is accepted for this tag
 * (`PUBLISH_WITHOUT_CONTRACT` is `GITHUB_REF_NAME`), or with `--warn`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const STAGES = ['catalogue', 'contract'];
const args = process.argv.slice(2);
const file =
	args.find((arg) => !arg.startsWith('--')) ??
	fileURLToPath(new URL('../artifacts/test/summary.json', import.meta.url));

const rows = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const missing = STAGES.filter((stage) => {
	const row = rows.find((one) => one.stage === stage);
	return !row || row.passed === 0 || row.skipped > 0;
});

const { GITHUB_REF_NAME: tag, PUBLISH_WITHOUT_CONTRACT: accepted } = process.env;
if (missing.length === 0) {
	console.log('The contract and the catalogue were held against the specifications.');
} else {
	const what = `NOT PROVEN against Veeam's specifications: ${missing.join(' and ')} did not run, or not whole.`;
	const isAccepted = args.includes('--warn') || (Boolean(tag) && accepted === tag);
	const how =
		'Give the folder with the files in VEEAM_SPECS (on GitHub: the secret VEEAM_SPECS_URL), or accept it ' +
		'for one tag by the repository variable PUBLISH_WITHOUT_CONTRACT.';
	console.log(`::${isAccepted ? 'warning' : 'error'}::${what} ${how}`);
	process.exitCode = isAccepted ? 0 : 1;
}
