/** Malware, approvals and findings: what a security officer reads. */
import { uuidFor } from '../../simulator/foundation/random';
import {
	comesGoesComes,
	eventOn,
	glance,
	opened,
	simulator,
	useSimulator,
	wholeItem,
} from './backupReplicationTrigger.support';

useSimulator();

const API = '/api/v1';
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const machine = (name: string) => ({
	machine: { displayName: name, uuid: `uuid-of-${name}`, backupObjectId: null },
});
const find = (name: string, severity = 'Suspicious', more = {}) =>
	simulator.control.addMalwareEvent({ ...machine(name), severity, details: 'Look.', ...more });

describe('malware', () => {
	it('is told by machine: worse when more is found, and over when the machine is marked as clean', async () => {
		const trigger = eventOn('malwareEvent');
		expect(await trigger.activate()).toEqual([]);
		const record = await find('sql01');
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'malwareEvent',
				transition: 'problem',
				severity: 'warning',
				message: 'Machine "sql01" is suspicious: Encrypted Data. Look.',
				object: { id: 'uuid-of-sql01', name: 'sql01', type: 'Machine' },
				condition: 'malware',
				occurredAt: record.creationTimeUtc as string,
				current: {
					problem: true,
					severity: 'Suspicious',
					type: 'EncryptedData',
					source: 'InternalVeeamDetector',
					detectedBy: 'Inline scan',
					detectionTime: record.detectionTimeUtc as string,
				},
				record: { id: record.id as string },
			}),
		);
		await find('sql01', 'Infected');
		const [worse] = await trigger.poll();
		await find('sql01', 'Clean');
		const [over] = await trigger.poll();
		await find('sql01');
		const [again] = await trigger.poll();
		const all = [problem!, worse!, over!, again!];
		expect(all.map(({ transition }) => transition)).toEqual([
			...['problem', 'worsened', 'recovered', 'problem'],
		]);
		expect(new Set(all.map(({ incidentKey }) => incidentKey)).size).toBe(1);
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(4);
	});

	it('is told when it is recorded, however long ago it was detected', async () => {
		const trigger = eventOn('malwareEvent');
		await trigger.activate();
		await find('old01', 'Infected', { detectionTimeUtc: ago(30) });
		expect(glance(await trigger.poll())).toEqual([
			'problem: Machine "old01" is infected: Encrypted Data. Look.',
		]);
	});

	it('is filtered by severity, state and machine', async () => {
		const trigger = eventOn('malwareEvent', {
			fields: { malwareEventSeverities: ['Informative', 'Suspicious'] },
			options: { states: ['FalsePositive'], includeNames: 'sql*', excludeNames: 'sql02' },
		});
		await trigger.activate();
		await find('sql01', 'Informative', { state: 'FalsePositive' });
		await find('sql01', 'Infected', { state: 'FalsePositive' });
		await find('sql01', 'Suspicious');
		await find('sql02', 'Suspicious', { state: 'FalsePositive' });
		await find('web01', 'Suspicious', { state: 'FalsePositive' });
		expect(glance(await trigger.poll())).toEqual([
			'finished: Malware detection noticed something on machine "sql01": Encrypted Data. Look.',
		]);
	});
});

describe('a request for approval', () => {
	const settle = (id: unknown, state: string) =>
		simulator.control.change(`${API}/authorization/events`, String(id), {
			state,
			processedBy: 'VBR01\\security',
			processedTime: new Date(Date.now() + 60_000).toISOString(),
		});

	it('is told when it is made, and when it is approved: one incident', async () => {
		const trigger = eventOn('authorizationEvent');
		expect(await trigger.activate()).toEqual([]);
		const { id, creationTime, expirationTime } = await simulator.control.addAuthorizationEvent();
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'authorizationEvent',
				transition: 'problem',
				severity: 'warning',
				message: 'The request "Delete backup" of VBR01\\operator waits for approval.',
				object: { id, name: 'Delete backup', type: 'Authorization Request' },
				condition: 'pending',
				occurredAt: creationTime as string,
				current: {
					...{ problem: true, state: 'Pending', processedBy: null },
					expirationTime: expirationTime as string,
				},
				record: { id: id as string },
			}),
		);
		expect(await trigger.poll()).toEqual([]);
		await settle(id, 'Approved');
		const [over] = await trigger.poll();
		expect(glance([over!])).toEqual([
			'recovered: The request "Delete backup" of VBR01\\operator was approved by VBR01\\security.',
		]);
		expect(over!.incidentKey).toBe(problem!.incidentKey);
		expect(over!.eventId).not.toBe(problem!.eventId);
		expect(await trigger.poll()).toEqual([]);
	});

	it('is told at its end where it was made before the trigger, or between two polls', async () => {
		const trigger = eventOn('authorizationEvent', {
			fields: { authorizationEventStates: ['Rejected', 'Expired'] },
			options: { excludeNames: 'Boring*' },
		});
		const { id } = await simulator.control.addAuthorizationEvent();
		expect(await trigger.activate()).toEqual([]);
		await settle(id, 'Rejected');
		const { id: boring } = await simulator.control.addAuthorizationEvent({ name: 'Boring one' });
		await settle(boring, 'Rejected');
		const { id: approved } = await simulator.control.addAuthorizationEvent();
		await settle(approved, 'Approved');
		expect(glance(await trigger.poll())).toEqual([
			'finished: The request "Delete backup" of VBR01\\operator was rejected by VBR01\\security.',
		]);
	});
});

describe('a best practice', () => {
	const path = `${API}/securityAnalyzer/bestPractices`;
	const id = uuidFor('practice/WinRmServiceDisabled');
	const set = (status: string) => simulator.control.change(path, id, { status });

	it('is told when it is violated and when that is over; an analysis in between says nothing', async () => {
		const told = await comesGoesComes(eventOn('securityFinding'), {
			wrong: async () => {
				await set('Analyzing');
				await set('Violation');
			},
			right: () => set('OK'),
		});
		expect(told).toEqual([
			'problem: Best practice "WinRM Service Disabled" is violated.',
			'recovered: Best practice "WinRM Service Disabled" is no longer violated.',
			'problem: Best practice "WinRM Service Disabled" is violated.',
		]);
	});

	it('is settled when someone suppresses it, and open while it is analysed', async () => {
		const trigger = eventOn('securityFinding');
		await trigger.activate();
		await set('Violation');
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'securityFinding',
				transition: 'problem',
				severity: 'warning',
				message: 'Best practice "WinRM Service Disabled" is violated.',
				object: { id, name: 'WinRM Service Disabled', type: 'Best Practice' },
				condition: 'violation',
				current: opened({ status: 'Violation', note: '' }),
				record: { bestPractice: 'WinRmServiceDisabled' },
			}),
		);
		await set('Analyzing');
		expect(await trigger.poll()).toEqual([]);
		await set('Suppressed');
		expect(glance(await trigger.poll())).toEqual([
			'recovered: Best practice "WinRM Service Disabled" is no longer violated.',
		]);
	});
});
