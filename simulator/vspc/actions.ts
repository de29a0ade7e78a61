import { randomUUID } from 'node:crypto';
import type { Stored } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import type { Estate } from './estate';
import { userRecord } from './lists';

/** What starts, stops, resolves and creates. */
export function actionHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	return {
		...jobActions(estate),
		'GET /users/me': ({ user }) => ({ body: userRecord(user?.name ?? '', user?.role ?? '') }),
		'POST /alarms/active/{activeAlarmUid}/resolve': alarmAction(estate, 'Resolved'),
		'POST /alarms/active/{activeAlarmUid}/acknowledge': alarmAction(estate, 'Acknowledged'),
		'POST /organizations/companies': ({ body }) => {
			const { organizationInput, ...rest } = body as { organizationInput: Item } & Item;
			const { ownerCredentials, ...facts } = rest;
			const created = estate.addCompany(String(organizationInput.name ?? 'Company'), {
				...facts,
				instanceUid: randomUUID(),
			});
			const owner = (ownerCredentials as Item | undefined)?.userName;
			return {
				body: { ...created, ...(owner !== undefined && { ownerCredentials: { userName: owner } }) },
			};
		},
		'DELETE /organizations/companies/{companyUid}': ({ params }) => {
			estate.removeCompany(params.companyUid ?? '');
			return {};
		},
	};
}

function jobActions(estate: Estate): Record<string, (call: Call) => Answer> {
	const agents = ['windows/', 'linux/', 'mac/', ''].map((platform): [string, Stored, string] => [
		`/infrastructure/backupAgents/${platform}{backupAgentUid}/jobs/{backupAgentJobUid}`,
		estate.agentJobs,
		'backupAgentJobUid',
	]);
	const paths: Array<[path: string, jobs: Stored, parameter: string]> = [
		['/infrastructure/backupServers/jobs/{jobUid}', estate.jobs, 'jobUid'],
		[
			'/infrastructure/vb365Servers/{vb365ServerUid}/organizations/jobs/{vb365JobUid}',
			estate.vb365Jobs,
			'vb365JobUid',
		],
		...agents,
	];
	const handlers = paths.flatMap(([path, jobs, parameter]) => {
		const job = ({ params }: Call): Item => {
			const id = params[parameter] ?? '';
			const found = jobs.get(id);
			if (!found) throw new Refused({ because: 'notFound', what: 'Job', id });
			return found;
		};
		const switched = (isEnabled: boolean) => (call: Call) => {
			jobs.put({ ...job(call), isEnabled });
			return {};
		};
		return [
			[
				`POST ${path}/start`,
				(call: Call): Answer => {
					const found = job(call);
					if (estate.isRunning(String(found.instanceUid))) {
						throw new Refused({ because: 'conflict', what: 'The job is running already' });
					}
					estate.start(jobs, found);
					return {};
				},
			] as const,
			[
				`POST ${path}/stop`,
				(call: Call): Answer => {
					estate.end(String(job(call).instanceUid), true);
					return {};
				},
			] as const,
			[`POST ${path}/enable`, switched(true)] as const,
			[`POST ${path}/disable`, switched(false)] as const,
		];
	});
	return Object.fromEntries(handlers);
}

function alarmAction(estate: Estate, status: string) {
	return ({ params, query }: Call): Answer => {
		const alarm = estate.alarms.get(params.activeAlarmUid ?? '');
		if (alarm) estate.changeAlarm(alarm, status, String(query.comment ?? ''));
		return {};
	};
}
