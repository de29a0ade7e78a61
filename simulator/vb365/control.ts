import type { Stored } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import type { Estate } from './estate';
import type { Outcome } from './estate/jobs';
import { ORGANIZATIONS, userRecord } from './estate/organizations';
import { restoreControl } from './restoreControl';
import { sessionRecord } from './runs';

type Control = (params: Record<string, string>, body: Item) => unknown;

/** Control calls that speak of organizations, jobs and repositories. Names or ids, in any case. */
export function vb365Control(estate: () => Estate): Record<string, Control> {
	const tellProtected = (id: unknown, isProtected: boolean) =>
		estate().events.add(isProtected ? 'ProtectedUserUpdate' : 'ProtectedUserDelete', id);
	return {
		...restoreControl(estate),
		'PATCH /repositories/:repository': ({ repository = '' }, changes) =>
			changed(estate().repositories, repository, changes),
		'PATCH /proxies/:proxy': ({ proxy = '' }, changes) => changed(estate().proxies, proxy, changes),
		'POST /jobs/:job/run': ({ job = '' }, { atOnce, ...outcome }) => {
			const here = estate();
			const record = named([here.jobs, here.copyJobs], job);
			if (Object.keys(outcome).length) {
				here.tell({ ...(outcome as unknown as Outcome), match: String(record.name) });
			}
			const run = here.start(record);
			const { retryCount, jobWillBeRetried } = outcome as {
				retryCount?: number;
				jobWillBeRetried?: boolean;
			};
			Object.assign(run, {
				retryCount: retryCount ?? 0,
				jobWillBeRetried: jobWillBeRetried ?? false,
			});
			if (atOnce) {
				run.duration = 0;
				here.settle();
			}
			return sessionRecord(run, here.now);
		},
		'POST /jobs/:job/stop': ({ job = '' }) => {
			const here = estate();
			const run = here.running(String(named([here.jobs, here.copyJobs], job).id));
			if (!run) throw new Error(`${job} is not running`);
			here.stop(run);
			return sessionRecord(run, here.now);
		},
		'POST /outcomes': (_, outcome) => {
			estate().tell(outcome as unknown as Outcome & { match?: string });
			return {};
		},
		'POST /sessions': (_, { count }) => ({ total: estate().addSessions(Number(count)) }),
		'POST /users': (_, { organization, displayName, isProtected }) => {
			const here = estate();
			const found = ORGANIZATIONS.find(
				({ id, name }) => id === organization || name === organization,
			);
			const chosen = found ?? ORGANIZATIONS[0];
			if (!chosen) throw new Error('No organization');
			const user = userRecord(chosen, String(displayName));
			here.users.get(chosen.id)?.put(user);
			if (isProtected) here.protectedUsers.add(String(user.id));
			here.events.add('OrganizationUserUpdate', user.id, { organizationId: chosen.id });
			if (isProtected) tellProtected(user.id, true);
			return user;
		},
		'PATCH /users/:user': ({ user = '' }, { isProtected, ...changes }) => {
			const here = estate();
			const record = named([...here.users.values()], user);
			if (isProtected === true) here.protectedUsers.add(String(record.id));
			if (isProtected === false) here.protectedUsers.delete(String(record.id));
			if (typeof isProtected === 'boolean') tellProtected(record.id, isProtected);
			return Object.assign(record, changes);
		},
		'DELETE /users/:user': ({ user = '' }) => {
			const here = estate();
			const record = named([...here.users.values()], user);
			for (const users of here.users.values()) users.remove(String(record.id));
			if (here.protectedUsers.delete(String(record.id))) tellProtected(record.id, false);
			here.events.add('OrganizationUserDelete', record.id);
			return record;
		},
		'POST /events/expire': () => {
			estate().events.expire();
			return {};
		},
	};
}

function changed(collection: Stored, nameOrId: string, changes: Item): Item {
	const after = { ...named([collection], nameOrId), ...changes };
	collection.put(after);
	return after;
}

function named(collections: Stored[], nameOrId: string): Item {
	const wanted = nameOrId.toLowerCase();
	const fields = ['id', 'name', 'displayName', 'hostName'];
	const found = collections
		.flatMap((one) => one.list())
		.find((record) => fields.some((field) => String(record[field]).toLowerCase() === wanted));
	if (!found) throw new Error(`Nothing here is called ${nameOrId}`);
	return found;
}
