import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { check } from '../../scripts/catalogue/check';
import { temporaryFolder } from '../support/temporaryFolder';

const ROOT = resolve(__dirname, '../..');
const folder = temporaryFolder('skipped');

function node(args: string[], environment: Record<string, string> = {}) {
	const { status, stdout } = spawnSync(process.execPath, args, {
		cwd: ROOT,
		encoding: 'utf8',
		env: { ...process.env, GITHUB_REF_NAME: '', PUBLISH_WITHOUT_CONTRACT: '', ...environment },
	});
	return { status, stdout };
}

describe('a check that has nothing to check', () => {
	it('says that it was skipped: no folder, or a folder without the files', () => {
		expect(check(undefined)).toMatch(/^SKIPPED: VEEAM_SPECS is not set/);
		const lines = check(folder).split('\n');
		expect(lines.length).toBeGreaterThan(0);
		for (const line of lines) expect(line).toMatch(/^SKIPPED: \w+: the folder has no file of \S+/);
	});

	it('is counted as skipped, never as passed', () => {
		const { stdout } = node(['scripts/test.mjs', 'catalogue'], { VEEAM_SPECS: folder });
		expect(stdout).toMatch(/catalogue: vbr: the folder has no file of/);
		expect(stdout.trim().split('\n').at(-1)).toBe('0 passed, 0 failed, 1 skipped');
	});
});

describe('publishing', () => {
	const summary = (contract: number, skipped: number) => {
		const file = join(folder, 'summary.json');
		const rows = [
			{ stage: 'catalogue', passed: 1, failed: 0, skipped: 0 },
			{ stage: 'contract', passed: contract, failed: 0, skipped },
		];
		writeFileSync(file, JSON.stringify(rows));
		return file;
	};
	const run = (file: string, environment = {}, ...options: string[]) =>
		node(['scripts/contractRan.mjs', file, ...options], environment);

	it('goes on where everything was held against the specifications', () => {
		expect(run(summary(2000, 0))).toMatchObject({ status: 0 });
	});

	it.each([
		['nothing ran', 0, 4],
		['a part was skipped', 500, 1],
	])('fails where %s', (_, passed, skipped) => {
		const { status, stdout } = run(summary(passed, skipped), { GITHUB_REF_NAME: 'v1.0.0' });
		expect(status).toBe(1);
		expect(stdout).toMatch(/^::error::NOT PROVEN .*contract did not run/);
	});

	it('fails where no summary was written', () => {
		expect(run(join(folder, 'none.json')).status).toBe(1);
	});

	it('can be told to go on for one tag, and warns; for another tag it fails', () => {
		const file = summary(0, 4);
		const accepted = { PUBLISH_WITHOUT_CONTRACT: 'v1.0.0' };
		const same = run(file, { ...accepted, GITHUB_REF_NAME: 'v1.0.0' });
		expect(same.status).toBe(0);
		expect(same.stdout).toMatch(/^::warning::NOT PROVEN/);
		expect(run(file, { ...accepted, GITHUB_REF_NAME: 'v1.0.1' }).status).toBe(1);
		expect(run(file, { GITHUB_REF_NAME: '' }).status).toBe(1);
	});

	it('is warned of by every run of CI', () => {
		const { status, stdout } = run(summary(0, 4), {}, '--warn');
		expect(status).toBe(0);
		expect(stdout).toMatch(/^::warning::NOT PROVEN/);
	});
});
