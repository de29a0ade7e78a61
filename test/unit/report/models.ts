import type { ReportModel } from '../../../nodes/shared/report/model';
import { speechOf, type Language } from '../../../nodes/shared/report/speech';
import { assessed, type ReportScope, type Unassessed } from '../../../nodes/shared/report/verdict';

/** Reports to render: a good day, a bad one, a huge estate, and names that mean harm. */

const GENERATED = '2026-11-21T06:00:00.000Z';

const hoursAgo = (hours: number): string =>
	new Date(Date.parse(GENERATED) - hours * 3_600_000).toISOString();

/** All sections of a backup server, and twelve jobs. */
export const SCOPE: ReportScope = {
	wanted: ['jobs', 'missedRuns', 'unprotected', 'repositories', 'licenses', 'findings'],
	includeJobs: [],
	excludeJobs: [],
	includeTenants: [],
	excludeTenants: [],
	jobs: { total: 12, enabled: 11, ran: 11, planned: 11 },
};

const empty = (language: Language = 'en'): Unassessed => ({
	language,
	title: 'Backup Report',
	product: 'Veeam Backup & Replication',
	server: 'vbr01.example.lab:9419',
	generatedAt: GENERATED,
	period: { from: hoursAgo(24), to: GENERATED, hours: 24 },
	timeZone: 'Europe/Berlin',
	counts: {
		jobs: 0,
		succeeded: 0,
		warned: 0,
		failed: 0,
		running: 0,
		idle: 0,
		disabled: 0,
		missedRuns: 0,
		unprotected: 0,
		repositories: 0,
		lowRepositories: 0,
		offlineRepositories: 0,
		findings: 0,
		notBackedUp: null,
		verifications: null,
		infrastructure: null,
		activities: null,
	},
	scope: SCOPE,
	failures: [],
	missedRuns: [],
	longRuns: [],
	unprotected: [],
	repositories: [],
	licenses: [],
	findings: [],
	tenants: [],
	unavailable: [],
	notes: [],
});

export const goodDay = (language?: Language): ReportModel => {
	const model = empty(language);
	return assessed({
		...model,
		counts: { ...model.counts, jobs: 12, succeeded: 11, disabled: 1, repositories: 2 },
		repositories: [
			{
				id: 'r1',
				name: 'Main Repository',
				capacityGB: 20480,
				freeGB: 8345.7,
				usedPercent: 59.2,
				online: true,
				status: 'good',
				daysLeft: 212,
				daysLeftFrom: 'samples',
			},
			{ id: 'r2', name: 'S3 Offsite Bucket', online: true, status: 'good' },
		],
		licenses: [
			{
				name: 'Enterprise Plus (Subscription)',
				status: 'good',
				state: 'Valid',
				expires: '2027-08-30T00:00:00.000Z',
				daysLeft: 281,
				used: 83,
				total: 100,
				unit: 'instances',
			},
		],
		notes: [speechOf(language).say('daysLeftKnown')],
	});
};

export const badDay = (language?: Language): ReportModel => {
	const good = goodDay(language);
	return assessed({
		...good,
		scope: SCOPE,
		counts: {
			...good.counts,
			succeeded: 7,
			failed: 2,
			warned: 1,
			running: 1,
			missedRuns: 1,
			unprotected: 2,
			repositories: 4,
			lowRepositories: 1,
			offlineRepositories: 1,
			findings: 2,
		},
		failures: [
			{
				id: 'j1',
				name: 'Backup - Exchange',
				type: 'vSphere Backup',
				result: 'Failed',
				time: hoursAgo(7),
				lastSuccess: hoursAgo(31),
				failures: 3,
				objects: [
					{
						name: 'mail01',
						result: 'Failed',
						reason: 'Cannot freeze the guest: VSS writer Exchange timed out after 900 seconds',
					},
				],
			},
			{
				id: 'j2',
				name: 'Agents - Branch Servers',
				type: 'Windows Agent Backup',
				result: 'Failed',
				time: hoursAgo(9),
				failures: 1,
				objects: [],
				reason: 'br-srv02.example.lab cannot be reached: connection timed out',
			},
			{
				id: 'j3',
				name: 'Backup - File Servers',
				type: 'vSphere Backup',
				result: 'Warning',
				time: hoursAgo(6),
				lastSuccess: hoursAgo(30),
				failures: 0,
				objects: Array.from({ length: 7 }, (_, index) => ({
					name: `fs0${index + 1}`,
					result: 'Warning' as const,
					reason: 'Free space on Default Backup Repository is below 10 percent',
				})),
			},
		],
		missedRuns: [
			{ id: 'j4', name: 'Copy - Offsite', expected: hoursAgo(10), lastRun: hoursAgo(34) },
		],
		unprotected: [
			{ name: 'mail01', type: 'Virtual Machine', lastRestorePoint: hoursAgo(55) },
			{ name: 'lab-new', type: 'Virtual Machine', lastRestorePoint: null },
		],
		repositories: [
			{
				id: 'r3',
				name: 'Default Backup Repository',
				capacityGB: 199.4,
				freeGB: 11.2,
				usedPercent: 94.4,
				online: true,
				status: 'bad',
				daysLeft: 3,
				daysLeftFrom: 'samples',
			},
			{
				id: 'r4',
				name: 'NAS Repository',
				capacityGB: 8192,
				freeGB: 2210.4,
				usedPercent: 73,
				online: false,
				status: 'bad',
			},
			...good.repositories,
		],
		licenses: [
			{
				name: 'Enterprise Plus (Subscription)',
				status: 'warning',
				state: 'Valid',
				expires: '2026-12-10T00:00:00.000Z',
				daysLeft: 18,
				used: 99,
				total: 100,
				unit: 'instances',
			},
		],
		findings: [
			{
				source: 'Malware detection',
				text: 'app01: files with the extension .locked (Infected)',
				status: 'bad',
				time: hoursAgo(4),
			},
			{ source: 'Security & Compliance Analyzer', text: 'MFA Enabled', status: 'warning' },
		],
	});
};

/** 500 jobs all failed with 20 objects each, 200 repositories, 300 tenants. */
export const hugeEstate = (name = (what: string) => what): ReportModel => {
	const long = (what: string, index: number) =>
		name(
			`${what} ${index} ${'of the department with the very long name '.repeat(7)}`.slice(0, 300),
		);
	const bad = badDay();
	return assessed({
		...bad,
		scope: SCOPE,
		counts: {
			...bad.counts,
			jobs: 500,
			succeeded: 0,
			failed: 500,
			warned: 0,
			running: 0,
			disabled: 0,
			missedRuns: 200,
			unprotected: 10_000,
			repositories: 200,
			lowRepositories: 200,
			offlineRepositories: 0,
		},
		failures: Array.from({ length: 500 }, (_, job) => ({
			id: `j${job}`,
			name: long('Job', job),
			type: 'vSphere Backup',
			tenant: long('Tenant', job),
			result: 'Failed' as const,
			time: hoursAgo(7),
			lastSuccess: hoursAgo(31),
			failures: 4,
			objects: Array.from({ length: 20 }, (_, object) => ({
				name: long('Machine', object),
				result: 'Failed' as const,
				reason: long('Reason <&> "of it"', object),
			})),
		})),
		missedRuns: Array.from({ length: 200 }, (_, job) => ({
			id: `j${job}`,
			name: long('Job', job),
			expected: hoursAgo(10),
			lastRun: null,
		})),
		unprotected: Array.from({ length: 10_000 }, (_, object) => ({
			name: long('Machine', object),
			type: 'Virtual Machine',
			lastRestorePoint: null,
		})),
		repositories: Array.from({ length: 200 }, (_, index) => ({
			id: `r${index}`,
			name: long('Repository', index),
			tenant: long('Tenant', index),
			capacityGB: 100_000,
			freeGB: 1_000,
			usedPercent: 99,
			online: true,
			status: 'bad' as const,
			daysLeft: 2,
			daysLeftFrom: 'samples' as const,
		})),
		findings: Array.from({ length: 200 }, (_, index) => ({
			source: 'Malware detection',
			text: long('Finding', index),
			status: 'bad' as const,
			tenant: long('Tenant', index),
		})),
		tenants: Array.from({ length: 300 }, (_, index) => ({
			id: `t${index}`,
			name: long('Tenant', index),
			status: 'bad' as const,
			jobs: 12,
			failed: 3,
			warned: 2,
			alarms: 7,
		})),
		notes: Array.from({ length: 30 }, (_, index) => long('Note', index)),
	});
};

/** A thousand jobs with every section that can be chosen, and a history of thirty days. */
export const hugeSections = (name = (what: string) => what): ReportModel => {
	const many = <T>(count: number, make: (index: number) => T): T[] =>
		Array.from({ length: count }, (_, index) => make(index));
	const long = (what: string, index: number) =>
		name(
			`${what} ${index} ${'of the department with the very long name '.repeat(7)}`.slice(0, 300),
		);
	const MARKS = ['bad', 'warning', 'good', 'none', 'unknown'] as const;
	return assessed({
		...hugeEstate(name),
		scope: SCOPE,
		host: { name: long('Server', 0), version: '13.0.1.1071' },
		history: {
			days: many(30, (day) => hoursAgo((29 - day) * 24).slice(0, 10)),
			jobs: many(1_000, (job) => ({
				...{ id: `j${job}`, name: long('Job', job), tenant: long('Tenant', job) },
				marks: many(30, (day) => MARKS[(job + day) % MARKS.length] ?? 'good'),
			})),
		},
		allJobs: many(1_000, (job) => ({
			...{
				id: `j${job}`,
				name: long('Job', job),
				type: 'vSphere Backup',
				state: 'Failed' as const,
			},
			...{ start: hoursAgo(8), end: hoursAgo(7), nextRun: hoursAgo(-17) },
			...{ readGB: 1_234.5, transferredGB: 456.7 },
		})),
		about: many(100, (index) => ({ name: long('Server', index), version: '13.0.1.1071' })),
		notBackedUp: many(5_000, (index) => ({
			...{ name: long('Machine', index), host: long('Host', index), platform: 'VSphere' },
		})),
		verifications: many(300, (index) => ({
			...{ id: `v${index}`, name: long('SureBackup', index), kind: 'sureBackup' as const },
			...{ state: 'Failed', status: 'bad' as const, failures: 2, time: hoursAgo(5) },
			reason: long('Reason', index),
		})),
		configBackup: [{ state: 'overdue', status: 'warning', lastSuccess: hoursAgo(90) }],
		infrastructure: many(300, (index) => ({
			...{ id: `p${index}`, name: long('Proxy', index), kind: 'proxy' as const },
			...{ state: 'offline' as const, status: 'bad' as const },
		})),
		activities: many(1_000, (index) => ({
			...{ kind: 'File-Level Restore', name: long('Machine', index), user: long('User', index) },
			...{ time: hoursAgo(3), state: 'Success' as const, isDeletion: false },
		})),
		growth: many(200, (index) => ({
			...{ id: `r${index}`, name: long('Repository', index), usedGB: 1_000, grownGB: 10 },
		})),
		scaleOut: many(50, (index) => ({
			...{ id: `s${index}`, name: long('Scale-out', index), status: 'bad' as const },
			...{ capacityGB: 100_000, freeGB: 1_000, usedPercent: 99 },
			extents: many(20, (extent) => ({
				...{ id: `e${extent}`, name: long('Extent', extent), tier: 'performance' as const },
				...{ capacityGB: 5_000, freeGB: 50, online: false, modes: ['Sealed', 'Maintenance'] },
			})),
		})),
	});
};

export const HOSTILE: Record<string, string> = {
	script: '<script>alert(1)</script>',
	attribute: '" onmouseover="alert(1)" x=\'',
	emoji: '👩‍👩‍👧‍👦 SQL 🚀',
	rightToLeft: 'שרת גיבוי',
	override: 'evil\u202Egnp.exe',
	newlines: 'first\r\nsecond\n\nthird',
	mention: '<!channel> <@U123> <#C1>',
	slackLink: '<https://evil.example|click>',
	bold: '*bold* _italic_ ~strike~ `code` :rotating_light:',
	markdownLink: '[click](https://evil.example) **bold**',
	atMention: '<at>Everyone</at>',
	formula: '=HYPERLINK("https://evil.example","x")',
	surrogate: 'half \ud83d of a pair',
	long: 'x'.repeat(300),
	entity: '&lt;b&gt;',
};

/** A bad day on which everything that has a name is called so. */
export const hostileDay = (name: string): ReportModel => {
	const bad = badDay();
	return assessed({
		...bad,
		scope: SCOPE,
		title: name,
		tenant: name,
		server: name,
		failures: bad.failures.map((job) => ({
			...job,
			name,
			type: name,
			tenant: name,
			reason: name,
			objects: job.objects.map((object) => ({ ...object, name, reason: name })),
		})),
		missedRuns: bad.missedRuns.map((missed) => ({ ...missed, name, tenant: name })),
		unprotected: bad.unprotected.map((object) => ({ ...object, name, type: name })),
		repositories: bad.repositories.map((repository) => ({ ...repository, name, tenant: name })),
		licenses: bad.licenses.map((license) => ({ ...license, name, state: name, unit: name })),
		findings: bad.findings.map((finding) => ({ ...finding, source: name, text: name })),
		tenants: [{ id: 't', name, status: 'bad', jobs: 1, failed: 1, warned: 0, alarms: 1 }],
		unavailable: [{ section: 'licenses', reason: name }],
		notes: [name],
	});
};
