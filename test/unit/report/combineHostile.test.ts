/**
 * Reports that were damaged on their way to Combine Reports: each is refused, or shown without a hole in
 * it, and no good report makes up for one that is not.
 */
import type { IDataObject } from 'n8n-workflow';

import { combineReports, readReportPart } from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { damaged, damagesOf, placesOf, SLIP, textsOf, valueAt } from '../../support/damage';
import { randomOf } from '../../support/random';
import { badDay, goodDay, hugeSections } from './models';

const AS = { language: 'en' as const, title: 'All servers', timeZone: 'Europe/Berlin' };

/** Damages of each place. */
const TRIED = process.env.DAMAGES === 'all' ? 99 : 2;

const item = (model: ReportModel): IDataObject => JSON.parse(JSON.stringify(model)) as IDataObject;

const slipsIn = (model: ReportModel): string[] =>
	[
		subject(model),
		renderText(model, 20),
		renderHtml(model, 20, ''),
		renderCsv(model),
		...textsOf(renderSlackBlocks(model, 20)),
		...textsOf(renderTeamsCard(model, 20)),
	].flatMap((text) => SLIP.exec(text)?.[0] ?? []);

/** With few rows, and something in each list. */
function everyList(): ReportModel {
	const huge = hugeSections();
	const few = Object.entries({ ...badDay(), ...huge }).map(([name, value]) => [
		name,
		Array.isArray(value) ? value.slice(0, 2) : value,
	]);
	return {
		...(Object.fromEntries(few) as unknown as ReportModel),
		server: 'a:9419',
		unavailable: [{ section: 'jobs', reason: 'Refused' }],
		verdict: badDay().verdict,
	};
}

it('a report with one damaged value is refused, or shown without a hole', () => {
	const whole = item(everyList());
	const good = { ...goodDay(), server: 'b:9419' };
	expect(readReportPart(whole)).toBeDefined();
	const places = placesOf(whole, '', 4).filter((place) => !place.startsWith('html'));
	let [refused, shown] = [0, 0];
	const wrong: string[] = [];
	const random = randomOf(1);
	for (const place of places)
		for (const damage of damagesOf(valueAt(whole, place))
			.map((one) => ({ ...one, by: random() }))
			.sort((a, b) => a.by - b.by)
			.slice(0, TRIED)) {
			const what = `${place} ${damage.name}`;
			const part = readReportPart(damaged(whole, place, damage));
			if (part === undefined) {
				refused++;
				continue;
			}
			shown++;
			try {
				const combined = combineReports([good, part], AS);
				if (combined.verdict.status === 'good') wrong.push(`${what}: good`);
				if (combined.servers?.length !== 2)
					wrong.push(`${what}: ${combined.servers?.length} servers`);
				wrong.push(...slipsIn(combined).map((slip) => `${what}: "${slip}"`));
			} catch (error) {
				wrong.push(`${what}: ${(error as Error).stack?.split('\n').slice(0, 3).join(' | ')}`);
			}
		}
	console.info(
		`${places.length} places: ${refused} refused, ${shown} shown, ${wrong.length} faults`,
	);
	expect(wrong).toEqual([]);
	expect(Math.min(refused, shown)).toBeGreaterThan(20);
});

it('a report that comes twice counts once, and that is said', () => {
	const [one, other] = [badDay(), { ...goodDay(), server: 'b:9419' }];
	const once = combineReports([one, other], AS);
	const twice = combineReports([one, other, item(one) as unknown as ReportModel], AS);
	expect(twice.counts).toEqual(once.counts);
	expect(twice.failures).toHaveLength(once.failures.length);
	expect(twice.servers).toEqual(once.servers);
	expect(twice.notes).toContain('1 report came twice: it counts once.');
	// Two reports of one server, of other jobs for instance, are two.
	const two = combineReports([one, { ...one, title: 'Other jobs' }], AS);
	expect(two.counts.jobs).toBe(2 * (one.counts.jobs ?? 0));
});
