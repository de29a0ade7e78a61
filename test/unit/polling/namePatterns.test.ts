import { matchesPattern, namePasses } from '../../../nodes/shared/common/namePatterns';

it.each([
	['SQL01', 'sql*', true],
	['MySQL', 'sql*', false],
	['MySQL', '*sql', true],
	['a-archive-b', '*archive*', true],
	['exchange', 'Exchange', true],
	['exchange 2', 'Exchange', false],
	['', '*', true],
	['anything', '***', true],
	['ab', 'a*b', true],
	['aba', 'ab*ba', false],
	['abba', 'ab*ba', true],
	['x.y', 'x?y', false],
	['x[1]+(y)', 'X[1]+(*)', true],
	['two\nlines', 'two*lines', true],
	['abcbc', 'a*bc', true],
	['abXbYc', 'a*b*Y*', true],
])('"%s" against "%s": %s', (name, pattern, expected) => {
	expect(matchesPattern(name, pattern)).toBe(expected);
});

it('agrees with a slow, plain reading of the pattern for all short words of two letters', () => {
	const plain = (name: string, pattern: string): boolean => {
		if (pattern === '') return name === '';
		if (pattern[0] !== '*') return name[0] === pattern[0] && plain(name.slice(1), pattern.slice(1));
		return plain(name, pattern.slice(1)) || (name !== '' && plain(name.slice(1), pattern));
	};
	const words = (letters: string[], length: number): string[] =>
		length === 0
			? ['']
			: ['', ...words(letters, length - 1).flatMap((w) => letters.map((l) => w + l))];
	const names = [...new Set(words(['a', 'b'], 5))];
	const differing = [...new Set(words(['a', 'b', '*'], 5))].flatMap((pattern) =>
		names
			.filter((name) => matchesPattern(name, pattern) !== plain(name, pattern))
			.map((name) => `${name} against ${pattern}`),
	);
	expect(differing).toEqual([]);
	expect(names.length).toBeGreaterThan(60);
});

it('ends at once for a pattern that would keep an expression busy for minutes', () => {
	let looks = 0;
	const name = 'a'.repeat(100_000);
	const counted = Object.assign(Object.create(String.prototype), {
		toLowerCase: () => ({
			length: name.length,
			startsWith: (part: string) => name.startsWith(part),
			endsWith: (part: string) => name.endsWith(part),
			indexOf: (part: string, from: number) => (looks++, name.indexOf(part, from)),
		}),
	}) as string;
	expect(matchesPattern(counted, `${'*a'.repeat(30)}*b`)).toBe(false);
	expect(looks).toBeLessThanOrEqual(31);
});

it('takes lists with commas, and leaves out what is excluded', () => {
	expect(namePasses('SQL01', 'Exchange, sql*', '')).toBe(true);
	expect(namePasses('SQL01', ' , ', '')).toBe(true);
	expect(namePasses('SQL01', '', 'sql*')).toBe(false);
	expect(namePasses('SQL01', ['Exchange'], [])).toBe(false);
});
