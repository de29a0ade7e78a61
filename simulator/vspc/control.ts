import type { Stored } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import type { AsyncActions, AsyncRule } from './asyncActions';
import { addBigEstate, makeGoodDay } from './bigEstate';
import type { Estate, JobOutcome } from './estate';
import type { RaisedAlarm } from './estate/alarms';

type Control = (params: Record<string, string>, body: Item) => unknown;

/** Control calls that speak of companies, jobs and alarms. Names or ids, in any case. */
export function vspcControl(estate: Estate, actions: AsyncActions): Record<string, Control> {
	const jobs = () => [estate.jobs, estate.agentJobs, estate.vb365Jobs];
	return {
		'PATCH /jobs/:job': ({ job = '' }, changes) => {
			const { list, record } = named(jobs(), job);
			const after = { ...record, ...changes };
			list.put(after);
			return after;
		},
		'POST /jobs/:job/run': ({ job = '' }, { atOnce, ...outcome }) => {
			const { list, record } = named(jobs(), job);
			if (Object.keys(outcome).length) {
				estate.tell({ ...(outcome as unknown as JobOutcome), match: String(record.name) });
			}
			estate.start(list, record);
			if (atOnce) estate.end(String(record.instanceUid));
			return list.get(String(record.instanceUid));
		},
		'POST /outcomes': (_, outcome) => {
			estate.tell(outcome as unknown as JobOutcome);
			return {};
		},
		'POST /alarms': (_, raised) => estate.raise(raised as RaisedAlarm),
		'PATCH /alarms/:alarm': ({ alarm = '' }, { status, remark }) =>
			estate.changeAlarm(
				named([estate.alarms], alarm).record,
				String(status),
				String(remark ?? ''),
			),
		'DELETE /alarms/:alarm': ({ alarm = '' }) => {
			const { record } = named([estate.alarms], alarm);
			estate.alarms.remove(String(record.instanceUid));
			return record;
		},
		'POST /companies': (_, { name, ...rest }) => estate.addCompany(String(name), rest),
		'POST /companies/many': (_, { count }) => {
			for (let number = 0; number < Number(count); number++) estate.addCompany(`Company ${number}`);
			return { count: Number(count) };
		},
		'DELETE /companies/:company': ({ company = '' }) => {
			const { record } = named([estate.companies], company);
			estate.removeCompany(String(record.instanceUid));
			return record;
		},
		'PUT /usage/:company': ({ company = '' }, counters) => {
			const { record } = named([estate.companies], company);
			const id = String(record.instanceUid);
			const after = { ...estate.counters.get(id), ...(counters as Record<string, number>) };
			estate.counters.set(id, after);
			return after;
		},
		'PATCH /agents/:agent': ({ agent = '' }, changes) => {
			const { list, record } = named([estate.managementAgents, estate.backupAgents], agent);
			const after = { ...record, ...changes };
			list.put(after);
			return after;
		},
		'PATCH /servers/:server': ({ server = '' }, changes) => {
			const { list, record } = named([estate.backupServers, estate.vb365Servers], server);
			const after = { ...record, ...changes };
			list.put(after);
			return after;
		},
		'POST /estate': (_, { jobs, repositories }) => {
			addBigEstate(estate, Number(jobs), Number(repositories));
			return {};
		},
		'POST /estate/well': () => {
			makeGoodDay(estate);
			return {};
		},
		'POST /async': (_, rule) => {
			actions.addRule(rule as AsyncRule);
			return {};
		},
		'DELETE /async': () => {
			actions.clearRules();
			return {};
		},
	};
}

function named(lists: Stored[], nameOrId: string): { list: Stored; record: Item } {
	const wanted = nameOrId.toLowerCase();
	for (const list of lists) {
		const record = list
			.list()
			.find((one) =>
				[
					one.instanceUid,
					one.name,
					one.hostName,
					(one.object as Item | undefined)?.objectName,
				].some((value) => String(value).toLowerCase() === wanted),
			);
		if (record) return { list, record };
	}
	throw new Error(`Nothing here is called ${nameOrId}`);
}
