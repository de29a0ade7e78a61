/** What triggers remember of large servers, and how ids and values are packed. */
import { packId, unpackId } from '../../../nodes/shared/monitoring/keys';
import { StateEntries, type Entry } from '../../../nodes/shared/monitoring/stateEntries';
import { weighScales } from '../../bench/scale';

// The whole table is printed by `npm run bench`.
it.each(['5,000 jobs', '5,000 agents'])(
	'is at most 500 KB for %s',
	async (server) => {
		const [scale] = await weighScales(server);
		expect(scale?.stateBytes).toBeGreaterThan(50_000);
		expect(scale?.stateBytes).toBeLessThanOrEqual(500_000);
	},
	300_000,
);

describe('ids', () => {
	it.each([
		'7c37e4f0-0000-4000-8000-00000000abcd',
		'7C37E4F0-0000-4000-8000-00000000ABCD',
		'',
		'job-1',
		'=job',
		'fDfk8AAAQACAAAAAAACrzQ',
		'__proto__',
		'constructor',
		'7c37e4f0-0000-4000-8000-00000000abcd\t00000000-0000-0000-0000-000000000000',
		'a\tb',
		'11111111-2222-3333-4444-555555555555 ',
	])('%j comes back as it was', (id) => expect(unpackId(packId(id))).toBe(id));

	it('a UUID takes 22 characters, and no two ids are the same', () => {
		expect(packId('7c37e4f0-0000-4000-8000-00000000abcd')).toHaveLength(22);
		const uuid = '7c37e4f0-0000-4000-8000-00000000abcd';
		expect(packId(packId(uuid))).not.toBe(packId(uuid));
		expect(packId(uuid.toUpperCase())).not.toBe(packId(uuid));
	});
});

describe('entries', () => {
	const entry: Entry = {
		pass: 1,
		missed: 2,
		name: '',
		id: '__proto__',
		incidents: {
			offline: { level: 1, since: 5, emitted: 6, mark: 'ab' },
			low: { level: 2, since: 7 },
		},
		values: [true, 'true', null, 0, '', 'Success'],
		kept: 'trend',
		past: { offline: 3, '=status': [2, 'ab', 1] },
	};

	it.each([true, false])('come back as they were (ids are keys: %s)', (isKeyId) => {
		const stored = { entries: {} };
		const key = isKeyId ? packId('__proto__') : 'key';
		new StateEntries(stored, isKeyId).set(key, entry);
		const kept = JSON.parse(JSON.stringify(stored)) as typeof stored;
		expect(new StateEntries(kept, isKeyId).get(key)).toEqual(entry);
	});

	it('values that no entry has any more are forgotten, and the others stay what they are', () => {
		const stored: ConstructorParameters<typeof StateEntries>[0] = { entries: {} };
		const entries = new StateEntries(stored, true);
		entries.set('still', entry);
		for (let count = 0; count < 1000; count++)
			entries.set('busy', { pass: 0, values: [`value ${count}`], past: { '=name': count } });
		entries.tidy();
		expect(stored.table?.length).toBeLessThan(20);
		expect(new StateEntries(stored, true).get('busy')).toEqual({
			...{ pass: 0, values: ['value 999'], past: { '=name': 999 } },
		});
		expect(new StateEntries(stored, true).get('still')).toMatchObject({ values: entry.values });
	});
});
