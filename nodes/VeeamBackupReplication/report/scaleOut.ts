import { worst } from '../../shared/report/verdict';
import { roomOf } from '../../shared/common/sizes';
import { spaceOf } from '../../shared/report/collect';
import type { Sections } from '../../shared/report/collect';
import type { ReportExtent, ReportScaleOut } from '../../shared/report/extraModel';
import type { ReportStatus } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { inWords } from '../model/catalogueFacts';
import type { Repository } from '../model/repositories';
import { decidingOf, PATH, tiersOf, type Extent } from '../model/scaleOutExtents';
import { nameOf, textOf } from '../model/text';

/**
 * Scale-out repositories with the extents of all tiers. The space is that of the performance tier: what
 * is moved to object storage frees it.
 *
 * @param states of all repositories, extents among them; undefined: they were not read
 */
export async function readScaleOut(
	reader: PageReader,
	sections: Sections,
	states: Repository[] | undefined,
	lowPercent: number,
): Promise<ReportScaleOut[] | undefined> {
	return await sections.of('scaleOut', 'Scale-out repositories', async () => {
		const { items, isWhole } = await reader.read({ method: 'GET', path: PATH });
		if (!isWhole) sections.cut('scaleOut', sections.speech.say('cutMore'));
		sections.unread('scaleOut', 'Scale-out repositories', items, {
			...{ deciding: decidingOf(reader), about: nameOf, now: reader.now() },
		});
		const byId = new Map((states ?? []).map((state) => [state.id, state]));
		return items
			.map((record): ReportScaleOut => {
				const tiers = tiersOf(record);
				const extents = tiers.map((extent) => extentOf(extent, byId.get(extent.id)));
				const first = extents.filter(({ tier }) => tier === 'performance');
				const sum = (of: (extent: ReportExtent) => number | undefined) => {
					const known = first.map(of);
					return known.length === 0 || known.includes(undefined)
						? undefined
						: known.reduce<number>((total, one) => total + (one ?? 0), 0);
				};
				const { capacityGB, freeGB, usedPercent, status } = spaceOf(
					sum((one) => one.capacityGB),
					sum((one) => one.freeGB),
					undefined,
					lowPercent,
				);
				return {
					...{ id: textOf(record.id), name: nameOf(record), extents },
					...(capacityGB === undefined ? {} : { capacityGB, freeGB, usedPercent }),
					status: worst([status, ...tiers.map((tier, index) => statusOf(tier, extents[index]))]),
				};
			})
			.sort((a, b) => a.name.localeCompare(b.name));
	});
}

function extentOf({ id, name, tier, modes }: Extent, state: Repository | undefined): ReportExtent {
	const { capacityGB, freeGB, isOnline } = state ?? {};
	return {
		...{ id, name: name || state?.name || id, tier, modes: modes.map(inWords) },
		...roomOf(capacityGB, freeGB),
		...(isOnline === undefined ? {} : { online: isOnline }),
	};
}

const statusOf = ({ needsWork }: Extent, extent: ReportExtent | undefined): ReportStatus =>
	extent?.online === false ? 'bad' : needsWork ? 'warning' : 'good';
