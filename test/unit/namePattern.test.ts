import { matchesPattern } from '../../nodes/shared/common/namePattern';

describe('a name pattern', () => {
	it.each([
		['SQL-01', 'sql*', true],
		['SQL-01', '*01', true],
		['SQL-01', '*-*', true],
		['SQL-01', 'sql', false],
		['sql', 'SQL', true],
		['sql', '*', true],
		['', '*', true],
		['', '', true],
		['sql', '', false],
		['ab', 'ab*b', false],
		['abb', 'ab*b', true],
		['aXbXc', 'a*b*c', true],
		['aXcXb', 'a*b*c', false],
		['a.c', 'a.c', true],
		['abc', 'a.c', false],
		['a(b)', '*(b)', true],
		['two\nlines', 'two*lines', true],
		['aaa', 'a**a', true],
		['aa', '*a*a*a*', false],
		['STRASSE Ä', '*ä', true],
	])('%j by %j: %p', (name, pattern, expected) => {
		expect(matchesPattern(name, pattern)).toBe(expected);
	});

	it('means the same as the regular expression it stands for', () => {
		const letters = 'ab*';
		const word = (seed: number, length: number) =>
			Array.from({ length }, (_, i) => letters[Math.floor(seed / 3 ** i) % 3]).join('');
		for (let pattern = 0; pattern < 3 ** 5; pattern++)
			for (const name of ['', 'a', 'ab', 'aab', 'abab', 'bba', 'aabba'])
				for (const length of [0, 3, 5]) {
					const text = word(pattern, length);
					const expected = new RegExp(`^${text.split('*').join('[^]*')}$`).test(name);
					expect([name, text, matchesPattern(name, text)]).toEqual([name, text, expected]);
				}
	});
});
