/** What the simulated server has to tell by itself, event by event. */

export const NO_PROBLEM: string[] = [];

/** Wrong when the trigger begins. */
export const THERE_AT_FIRST: Record<string, unknown[]> = {
	sessionFinished: [
		'finished: File Backup "Files - Departments" finished with warnings:\n• \\\\fs01\\departments: 3 files were skipped because they were locked',
		expect.stringMatching(
			/^problem: Agent Backup "Agents - Branch Servers" failed:\n• .*br-srv02.example.lab cannot be reached/,
		),
		expect.stringMatching(
			/^problem: Backup Job "Backup - Exchange" failed:\n• mail01: Cannot freeze the guest/,
		),
		expect.stringMatching(/^finished: Backup Job "Backup - File Servers" finished with warnings:/),
	],
	repositoryStateChanged: [
		'problem: Repository "Default Backup Repository" is low on space: 11.2 GB of 199 GB free (5.6 %).',
		'problem: Repository "NAS Repository" is offline.',
		'problem: Repository "Linux Repository" runs outdated components: upgrade them.',
	],
	proxyOrServerStateChanged: [
		'problem: Proxy "hvproxy01.example.lab" is offline.',
		'problem: Managed server "nas01.example.lab" is unavailable.',
	],
	malwareEvent: [
		'problem: Machine "app01" is infected: Malware Extensions. Files with the extension .locked',
		'problem: Machine "fs01" is suspicious: Encrypted Data. Unusually many encrypted blocks',
	],
	authorizationEvent: [
		'problem: The request "Delete backup" of VBR01\\operator waits for approval.',
	],
	securityFinding: [
		'problem: Best practice "Remote Desktop Service Disabled" is violated.',
		'problem: Best practice "MFA Enabled" is violated.',
	],
};

const first = (event: string, index = 0): string =>
	String(THERE_AT_FIRST[event]?.[index]).replace('problem: ', 'Test: ');

/** The first line of what a manual test shows. */
export const SAMPLES: Record<string, unknown> = {
	sessionFinished: 'Test: Backup Job "Backup - File Servers" finished with warnings:',
	sessionStarted: 'Test: Replication Job "Replica - Tier 1" by Scheduler began.',
	jobSettingsChanged:
		'Example: Settings of job "Backup - Production VMs" were changed (guest processing):',
	jobStateChanged: 'Example: Job "Backup - Production VMs" was enabled.',
	jobMissedRun: expect.stringMatching(
		/^Example: Job "Backup - Production VMs" missed its run: it should have started/,
	),
	repositoryStateChanged: first('repositoryStateChanged'),
	scaleOutExtentChanged:
		'Example: Extent "Extent 1" of scale-out repository "Scale-out Repository 1" is being evacuated.',
	proxyOrServerStateChanged: first('proxyOrServerStateChanged'),
	malwareEvent: first('malwareEvent', 1),
	authorizationEvent: first('authorizationEvent'),
	securityFinding: first('securityFinding'),
	license: expect.stringMatching(
		/^Example: Instance license expires in 40 days, on \d{4}-\d\d-\d\d\.$/,
	),
	configBackupOverdue: 'Example: Configuration backup is not enabled.',
	serverReachability: expect.stringMatching(
		/Example: Veeam .* cannot be reached: connection timed out$/,
	),
};
