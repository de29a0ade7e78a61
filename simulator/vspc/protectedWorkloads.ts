import { iso } from '../foundation/clock';
import { derived, type CollectionMaker } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import type { Estate } from './estate';

const DAY = 86_400_000;

/** Workloads as the jobs left them: one whose run failed has a restore point of three days before. */
export function protectedWorkloads(estate: Estate): Record<string, CollectionMaker> {
	const pointOf = (job: Item | undefined, failed: boolean): string | null => {
		if (job?.isEnabled === false || typeof job?.lastEndTime !== 'string') return null;
		return failed ? iso(Date.parse(job.lastEndTime) - 3 * DAY) : job.lastEndTime;
	};
	const virtualMachines = () =>
		estate.jobs
			.list()
			.filter(({ type }) => type === 'BackupVm')
			.flatMap((job) =>
				((job.lastSessionTasks ?? []) as Item[]).map((task) => ({
					instanceUid: uuidFor(`vspc/vm/${String(job.instanceUid)}/${String(task.objectName)}`),
					backupServerUid: job.backupServerUid,
					organizationUid: job.mappedOrganizationUid,
					name: task.objectName,
					objectUid: task.objectUid,
					jobUid: job.instanceUid,
					restorePoints: job.isEnabled === false ? 0 : 7,
					latestRestorePointDate: pointOf(job, task.status === 'Failed'),
				})),
			);
	const byAgent = () => {
		const jobs = new Map(estate.agentJobs.list().map((job) => [job.backupAgentUid, job]));
		return estate.backupAgents.list().map((agent) => {
			const job = jobs.get(agent.instanceUid);
			return {
				backupAgentUid: agent.instanceUid,
				organizationUid: agent.organizationUid,
				name: agent.name,
				numberOfJobs: 1,
				operationMode: agent.operationMode,
				latestRestorePointDate: pointOf(job, job?.status === 'Failed'),
			};
		});
	};
	/** A physical computer for each client's server; one whose server is out of sight ages. */
	const byServer = () =>
		estate.backupServers
			.list()
			.filter(({ backupServerRoleType }) => backupServerRoleType === 'Client')
			.map((server) => ({
				instanceUid: uuidFor(`vspc/physical/${String(server.instanceUid)}`),
				backupServerUid: server.instanceUid,
				organizationUid: server.organizationUid,
				name: String(server.name).replace(/^vbr/, 'phys01'),
				latestRestorePointDate: iso(
					estate.now - (server.status === 'Inaccessible' ? 3 : 0.25) * DAY,
				),
			}));
	return {
		'/protectedWorkloads/virtualMachines': () => derived(virtualMachines, 'instanceUid'),
		'/protectedWorkloads/computersManagedByConsole': () => derived(byAgent, 'backupAgentUid'),
		'/protectedWorkloads/computersManagedByBackupServer': () => derived(byServer, 'instanceUid'),
	};
}
