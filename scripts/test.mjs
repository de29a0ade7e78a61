/**
 * `npm test`: everything that proves the package, on a fresh clone too. `npm test -- unit e2e` runs
 * some of the stages, `npm test -- unit -t "name"` hands the rest to jest. Goes on after a failure
 * to report all of them, and ends with one line: `N passed, N failed, N skipped`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ready } from './ready.mjs';
import { SKIPPED, STAGES } from './stages.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = new URL('../artifacts/test/', import.meta.url);
const CHECK_MINUTES = 15;

/**
 * Runs a command and gives back exit code and output.
 *
 * @param show whether the output is shown as it comes; else it is given back, errors too
 * @param yielding whether it leaves the processors to whatever else wants them
 */
function run(command, args, minutes, show = true, yielding = false) {
	return new Promise((resolve) => {
		// npm is a script of its own on Windows (npm.cmd), which only a shell starts.
		const child = spawn(command, args, {
			cwd: ROOT,
			stdio: ['ignore', 'pipe', show ? 'inherit' : 'pipe'],
			shell: process.platform === 'win32',
		});
		// What it starts itself is as low.
		if (yielding && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
		let output = '';
		let timedOut = false;
		child.stdout.on('data', (chunk) => {
			output += chunk;
			if (show) process.stdout.write(chunk);
		});
		child.stderr?.on('data', (chunk) => (output += chunk));
		const timer = setTimeout(() => {
			timedOut = true;
			child.kill();
		}, minutes * 60_000);
		const end = (code) => {
			clearTimeout(timer);
			if (timedOut) output += `Stopped: it took longer than ${minutes} minutes.\n`;
			if (timedOut && show) console.error(output.split('\n').at(-2));
			resolve({ code: timedOut ? 1 : code, output });
		};
		child.on('error', (error) => {
			console.error(error.message);
			end(1);
		});
		child.on('close', end);
	});
}

/** One command, counted as one test. */
async function runCheck({ name, check, minutes = CHECK_MINUTES, yields }, show) {
	const [command, ...args] = check;
	const { code, output } = await run(command, args, minutes, show, yields && !show);
	return { ...verdictOf(name, code, output), output };
}

function verdictOf(name, code, output) {
	if (code !== 0) return { passed: 0, failed: 1, skipped: 0, failures: [name] };
	const skips = output.split('\n').filter((line) => line.startsWith(SKIPPED));
	if (skips.length > 0) {
		const reasons = skips.map((line) => `${name}: ${line.slice(SKIPPED.length).trim()}`);
		return { passed: 0, failed: 0, skipped: 1, failures: [], reasons };
	}
	return { passed: 1, failed: 0, skipped: 0, failures: [] };
}

/** A jest project; its tests are counted, and a file that cannot be loaded counts as a failed one. */
async function runJest({ name, minutes, withN8n, yields, workers = 2 }, jestArguments, show) {
	const resultFile = fileURLToPath(new URL(`${name}.json`, RESULTS));
	rmSync(resultFile, { force: true });
	const { code, output } = await run(
		'node',
		[
			// n8n-core imports some ES modules on demand.
			'--experimental-vm-modules',
			'--disable-warning=ExperimentalWarning',
			'node_modules/jest/bin/jest.js',
			'--selectProjects',
			name,
			// What a failed test has left open (an n8n that starts too late) does not hold up the others.
			...(withN8n ? ['--runInBand', '--forceExit'] : [`--maxWorkers=${workers}`]),
			'--json',
			`--outputFile=${resultFile}`,
			...jestArguments,
		],
		minutes,
		show,
		yields && !show,
	);
	let result;
	try {
		result = JSON.parse(readFileSync(resultFile, 'utf8'));
	} catch {
		const failures = [`${name}: jest ended without a result, with code ${code}`];
		return { passed: 0, failed: 1, skipped: 0, failures, output };
	}
	const tests = result.testResults.flatMap((file) => file.assertionResults);
	const named = (status) =>
		tests.filter((test) => test.status === status).map((test) => `${name}: ${test.fullName}`);
	const failures = named('failed');
	for (const file of result.testResults) {
		if (file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed')) {
			failures.push(`${name}: ${file.name.replace(ROOT, '')}: ${file.message.split('\n')[0]}`);
		}
	}
	if (tests.length === 0 && failures.length === 0) failures.push(`${name}: no test was found`);
	if (code !== 0 && failures.length === 0) failures.push(`${name}: jest ended with code ${code}`);
	return {
		passed: result.numPassedTests,
		failed: failures.length,
		skipped: result.numPendingTests + result.numTodoTests,
		failures,
		// With jest's own filters everything else is pending: no news.
		reasons: jestArguments.length > 0 ? [] : [...named('pending'), ...named('todo')],
		output,
	};
}

/**
 * @param all whether every stage runs, none of them asked for by name
 * @param show whether its output is shown as it comes
 */
async function runStage(stage, jestArguments, all, show) {
	if (all && stage.byName && !(stage.inCi && process.env.CI)) {
		const reasons = [`${stage.name}: ${stage.byName}`];
		return { passed: 0, failed: 0, skipped: 1, failures: [], reasons };
	}
	return await (stage.check ? runCheck(stage, show) : runJest(stage, jestArguments, show));
}

function chosenStages(args) {
	const names = STAGES.map((stage) => stage.name);
	const firstOption = args.findIndex((arg) => arg.startsWith('-'));
	const wanted = firstOption === -1 ? args : args.slice(0, firstOption);
	const unknown = wanted.filter((name) => !names.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There is no test stage "${unknown[0]}".\nThere are: ${names.join(', ')}.`);
	}
	const needed = new Set(wanted);
	for (const { name, needs } of STAGES.toReversed())
		if (needed.has(name) && needs) needed.add(needs);
	return {
		stages: wanted.length === 0 ? STAGES : STAGES.filter(({ name }) => needed.has(name)),
		jestArguments: firstOption === -1 ? [] : args.slice(firstOption),
	};
}

/** Stages that run together, in the order in which they are to begin; each other one is alone. */
function groupsOf(stages) {
	const groups = [];
	for (const stage of stages) {
		const last = groups.at(-1);
		if (stage.together !== undefined && stage.together === last?.[0].together) last.push(stage);
		else groups.push([stage]);
	}
	return groups;
}

/** What this and everything started by it has used; only Linux tells. */
function processorTime() {
	if (process.platform !== 'linux') return '';
	// Behind the name, which may hold anything: utime, stime, cutime and cstime, in hundredths.
	const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
	const hundredths = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
	return `, ${Math.round(hundredths / 6000)} minutes of the processor`;
}

async function main() {
	const began = Date.now();
	const { stages, jestArguments } = chosenStages(process.argv.slice(2));
	ready();
	mkdirSync(RESULTS, { recursive: true });

	const rows = [];
	const all = stages.length === STAGES.length;
	const heading = ({ title, name }) =>
		console.log(`\n━━ ${title} (${name}) ${'━'.repeat(Math.max(1, 60 - title.length))}`);
	/** Whether the output of a stage is shown as it comes: that of the others waits for its end. */
	let showing = false;
	const ended = [];
	const flush = () => {
		for (const { stage, output = '' } of ended.splice(0)) {
			heading(stage);
			process.stdout.write(output);
		}
	};
	const timed = async (stage, show) => {
		if (show) heading(stage);
		else console.log(`… ${stage.name} runs beside other stages; its output follows at its end.`);
		showing ||= show;
		const started = Date.now();
		const result = await runStage(stage, jestArguments, all, show);
		rows.push({ stage, seconds: Math.round((Date.now() - started) / 1000), ...result });
		if (!show) ended.push({ stage, output: result.output });
		if (!showing) flush();
	};
	/** By name: the stages that run on beside the groups. */
	const background = new Map();
	const inTurn = async (stage, show) => {
		await background.get(stage.needs);
		await timed(stage, show);
	};
	for (const group of groupsOf(stages)) {
		const [first] = group;
		if (first.background && first !== stages.at(-1)) {
			background.set(first.name, inTurn(first, false));
			continue;
		}
		if (first.alone) await Promise.all(background.values());
		const show = group.length === 1;
		const lane = async () => {
			while (group.length > 0) await inTurn(group.shift(), show);
		};
		await Promise.all([lane(), lane()]);
		showing = false;
		flush();
	}
	await Promise.all(background.values());
	rows.sort((one, other) => stages.indexOf(one.stage) - stages.indexOf(other.stage));

	console.log(`\n━━ Result ${'━'.repeat(60)}`);
	for (const { stage, seconds, passed, failed, skipped } of rows) {
		console.log(
			`${stage.name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped  ${seconds} s`,
		);
	}
	const every = (key) => rows.flatMap((row) => row[key] ?? []);
	for (const [title, lines] of [
		['Skipped', every('reasons')],
		['Failed', every('failures')],
	])
		if (lines.length > 0) console.log(`\n${title}:\n  ${lines.join('\n  ')}`);

	const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
	const summary = rows.map(({ stage, passed, failed, skipped }) => ({
		stage: stage.name,
		passed,
		failed,
		skipped,
	}));
	const minutes = Math.round((Date.now() - began) / 60_000);
	console.log(`\nAll of it took ${minutes} minutes${processorTime()}.`);
	writeFileSync(new URL('summary.json', RESULTS), JSON.stringify(summary, null, '\t'));
	console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
	process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}

try {
	await main();
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
