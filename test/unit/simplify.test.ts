import { simplify } from '../../nodes/shared/runtime/simplify';

describe('Simplify', () => {
	const state = {
		id: '1',
		name: 'Main',
		type: 'WinLocal',
		description: 'On the ground floor',
		hostId: '2',
		hostName: 'srv1',
		path: 'D:\\Backups',
		capacityGB: 1000,
		freeGB: 100,
		usedSpaceGB: 950,
		isOnline: true,
		isOutOfDate: false,
		scaleOutRepositoryDetails: { membership: 'SOBR' },
	};

	it('keeps the ten fields a person looks at first', () => {
		expect(simplify([state])).toEqual([
			{
				id: '1',
				name: 'Main',
				type: 'WinLocal',
				hostName: 'srv1',
				path: 'D:\\Backups',
				capacityGB: 1000,
				freeGB: 100,
				usedSpaceGB: 950,
				isOnline: true,
				isOutOfDate: false,
			},
		]);
	});

	it('puts ID and name first, the others in the order of the server', () => {
		const [organization] = simplify([
			{ isTeamsOnline: true, type: 'Office365', name: 'a', id: '1' },
		]);

		expect(Object.keys(organization!)).toEqual(['name', 'id', 'isTeamsOnline', 'type']);
	});

	it('keeps the same fields of every item, although one leaves some out', () => {
		const [first, second] = simplify([
			state,
			{ id: '2', name: 'Other', description: 'x', hostId: 'h' },
		]);
		expect(Object.keys(first!)).not.toContain('description');
		expect(second).toEqual({ id: '2', name: 'Other' });
	});

	it('leaves out a nested field that happens to be null in all items', () => {
		expect(
			simplify([{ id: '1', details: null, note: 'a' }], {
				id: 'uuid',
				details: 'object',
				note: 'string',
			}),
		).toEqual([{ id: '1', note: 'a' }]);
	});

	it('keeps what was asked for, nested or not', () => {
		const site = { name: 'Berlin' };
		expect(simplify([{ ...state, site }], {}, (name) => name === 'site')[0]).toEqual({
			...simplify([state])[0],
			site,
		});
	});

	it('answers nothing for no items', () => {
		expect(simplify([])).toEqual([]);
	});
});
