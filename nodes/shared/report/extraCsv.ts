import type { CanBeNew, ReportModel } from './model';
import {
	activityBadge,
	componentBadge,
	componentKind,
	configBackupBadge,
	extentFacts,
	scaleOutBadge,
	serverFacts,
} from './extraTables';
import type { CsvRow } from './csvColumns';
import type { Speech } from './speech';

/** Rows of the sections that are chosen, for the CSV; numbers and times are for machines. */
export function extraRows(model: ReportModel, speech: Speech): CsvRow[] {
	const newOf = ({ isNew }: CanBeNew) => (isNew ? speech.say('badgeNew') : undefined);
	return [
		...(model.notBackedUp ?? []).map((machine) => ({
			New: newOf(machine),
			Section: speech.say('title:notBackedUp'),
			Tenant: machine.tenant,
			Name: machine.name,
			Type: machine.platform,
			Status: speech.say('badgeNoBackup'),
			Object: machine.host,
		})),
		...(model.verifications ?? []).map((one) => ({
			New: newOf(one),
			Section: speech.say('title:verifications'),
			Tenant: one.tenant,
			Name: one.name,
			Type: speech.say(`kind:${one.kind}`),
			Status: speech.term(one.state),
			Reason: one.reason,
			Time: one.time,
		})),
		...(model.configBackup ?? []).map((one) => ({
			New: newOf(one),
			Section: speech.say('title:configBackup'),
			Tenant: one.tenant,
			Name: speech.say('title:configBackup'),
			Status: configBackupBadge(one, speech),
			'Last Success': one.lastSuccess,
		})),
		...(model.infrastructure ?? []).map((one) => ({
			New: newOf(one),
			Section: speech.say('title:infrastructure'),
			Tenant: one.tenant,
			Name: one.name,
			Type: componentKind(one, speech),
			Status: componentBadge(one, speech),
		})),
		...(model.scaleOut ?? []).flatMap((one): CsvRow[] => [
			{
				New: newOf(one),
				Section: speech.say('title:scaleOut'),
				Tenant: one.tenant,
				Name: one.name,
				Status: speech.say(scaleOutBadge(one.status, one.usedPercent)),
				'Capacity GB': one.capacityGB,
				'Free GB': one.freeGB,
				'Used Percent': one.usedPercent,
			},
			...one.extents.map((extent) => ({
				Section: speech.say('title:scaleOut'),
				Tenant: one.tenant,
				Name: one.name,
				Object: extent.name,
				Reason: speech.list(extentFacts(extent, speech)),
				'Capacity GB': extent.capacityGB,
				'Free GB': extent.freeGB,
			})),
		]),
		...(model.growth ?? []).map((one) => ({
			Section: speech.say('title:growth'),
			Tenant: one.tenant,
			Name: one.name ?? speech.say('allRepositories'),
			Time: one.since,
			'Used GB': one.usedGB,
			'Growth GB': one.grownGB,
			'Read GB': one.readGB,
			'Transferred GB': one.transferredGB,
		})),
		...(model.activities ?? []).map((one) => ({
			Section: speech.say('title:activities'),
			Tenant: one.tenant,
			Name: one.name,
			Type: speech.term(one.kind),
			Status: activityBadge(one, speech),
			Reason: one.reason,
			Begin: one.time,
			End: one.end,
			User: one.user,
		})),
		...(model.about ?? []).map((one) => ({
			Section: speech.say('title:about'),
			Tenant: one.tenant,
			Name: one.name ?? model.server,
			Status: one.version,
			Reason: speech.list(serverFacts(one, speech)),
		})),
	];
}
