/** `npm run campaign -- --seed X --runs N [--only text] [--log]`: polls against worlds that go wrong. */
import { campaign } from './campaign';

const argument = (name: string): string | undefined => {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? undefined : process.argv[at + 1];
};

/** The first of each run and object. */
const said = new Set<string>();
const isNew = (text: string): boolean => {
	const key = text.replace(/ (by|at) \d{4}-.*$/, '');
	return !said.has(key) && said.add(key) !== undefined;
};

void campaign({
	seed: Number(argument('seed') ?? 1),
	runs: Number(argument('runs') ?? 3),
	only: argument('only'),
	log: process.argv.includes('--log') ? (line) => console.log(line) : undefined,
	report: (line) => console.log(line),
}).then(({ lost, twice, wrong, wrongRequests, crashed }) => {
	for (const one of [
		...lost.map((text) => `LOST ${text}`),
		...twice.map((text) => `TWICE ${text}`),
		...wrong.map((text) => `WRONG ${text}`),
		...wrongRequests.map((text) => `REQUEST ${text}`),
		...crashed,
	]
		.filter(isNew)
		.slice(0, 40))
		console.log(one);
	process.exit(lost.length + twice.length + wrong.length + crashed.length > 0 ? 1 : 0);
});
