import { filledOf, roomOf } from '../../../nodes/shared/common/sizes';
import { usedIn } from '../../../nodes/VeeamBackupMicrosoft365/model/repositories';
import { readRepository } from '../../../nodes/VeeamServiceProviderConsole/model/repositories';

const GIGABYTE = 1024 ** 3;

it.each([
	[100, 30, { capacityGB: 100, freeGB: 30 }, 70],
	[100, -5, { capacityGB: 100, freeGB: 0 }, 100],
	[100, 130, { capacityGB: 100, freeGB: 130 }, 0],
	[0, 0, undefined, undefined],
	[-1, 5, undefined, undefined],
	[100, undefined, undefined, undefined],
])('%p GB with %p free hold neither more than there is nor less than nothing', (...given) => {
	const [capacity, free, room, filled] = given;
	expect(roomOf(capacity, free)).toEqual(room);
	expect(filledOf(capacity, free)).toBe(filled);
});

describe('a repository whose server says that less than nothing is free', () => {
	it('holds its capacity, at the console', () => {
		const { usedGB } = readRepository({
			...{ capacity: 100 * GIGABYTE, freeSpace: -5 * GIGABYTE, usedSpace: -1 },
			...{ isCapacityAvailable: true, isFreeSpaceAvailable: true, isUsedSpaceAvailable: true },
		});
		expect(usedGB).toBe(100);
	});

	it('holds its capacity, at Microsoft 365', () => {
		const record = { capacityBytes: 100 * GIGABYTE, freeSpaceBytes: -5 * GIGABYTE };
		expect(usedIn(record)).toBe(100);
	});
});
