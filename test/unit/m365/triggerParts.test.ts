import { failedObjects } from '../../../nodes/VeeamBackupMicrosoft365/model/failedObjects';
import { kindOf } from '../../../nodes/VeeamBackupMicrosoft365/model/changeKinds';
import { linkedId } from '../../../nodes/VeeamBackupMicrosoft365/model/values';

it.each([
	['Processing Ada Winter: The mailbox is locked', 'Ada Winter', 'The mailbox is locked'],
	['Processing mailbox ada@x.com failed with error: Denied', 'ada@x.com', 'Denied'],
	['Failed to process site: https://x.com/a. Error 404', 'https://x.com/a', 'Error 404'],
	['Failed to process OneDrive Ada Winter: Quota: used up', 'Ada Winter', 'Quota: used up'],
	['The proxy is offline', 'The Job', 'The proxy is offline'],
])('the line "%s" is about %s', (message, object, reason) => {
	expect(failedObjects([{ result: 'Failed', message }], 'The Job')).toEqual([
		{ object, result: 'Failed', reasons: [reason] },
	]);
});

it('lines of one object are its reasons, each once, in the order of the log', () => {
	const lines = ['Processing A: x', 'Processing B: y', 'Processing A: z', 'Processing A: x'];
	expect(
		failedObjects(
			lines.map((message) => ({ result: 'Warning', message })),
			'The Job',
		),
	).toEqual([
		{ object: 'A', result: 'Warning', reasons: ['x', 'z'] },
		{ object: 'B', result: 'Warning', reasons: ['y'] },
	]);
});

it('a link gives the id of what it leads to, whatever its case, and of nothing below it', () => {
	const _links = {
		self: { href: '/v6/JobSessions/1' },
		log: { href: '/v6/JobSessions/1/LogItems' },
		job: { href: 'https://x:4443/v6/jobs/2?view=short' },
		none: null,
	};
	expect(linkedId({ _links }, 'Jobs')).toBe('2');
	expect(linkedId({ _links }, 'JobSessions')).toBe('1');
	expect(linkedId({ _links }, 'CopyJobs')).toBeUndefined();
	expect(linkedId({}, 'Jobs')).toBeUndefined();
});

it('every kind of record of the change feed can be picked', () => {
	const pairs = [
		'RestoreSession',
		'OrganizationUser',
		'OrganizationGroup',
		'OrganizationTeam',
		'OrganizationSite',
		'Job',
		'JobSession',
		'RestorePoint',
		'ProtectedUser',
		'ProtectedGroup',
		'ProtectedSite',
		'ProtectedTeam',
		'M365BackupStoragePolicy',
	].flatMap((name) => [`${name}Update`, `${name}Delete`]);
	const others = [
		'JobSelectedItemsChange',
		'JobExcludedItemsChange',
		'M365BackupStoragePolicySelectedItemsChange',
		'RestorePointObjectsChange',
	];
	const known = [...pairs, ...others];
	expect(known.filter((eventType) => kindOf({ eventType }) === undefined)).toEqual([]);
	expect(kindOf({ eventType: 'protecteduserdelete' })).toEqual({
		kind: 'ProtectedUser',
		change: 'removed',
	});
	expect(kindOf({ eventType: 'SomethingNew' })).toBeUndefined();
});

it('a line without end is cut before anything looks at it', () => {
	const [found] = failedObjects(
		[{ result: 'Failed', message: `Processing ${'a . b '.repeat(100_000)}` }],
		'The Job',
	);
	expect(found?.object).toBe('a');
	expect(found?.reasons.join('').length).toBeLessThanOrEqual(2_001);
});
