/**
 * `tsx test/screenshots/mail.ts [parts of names, separated by commas]`: pictures of the report as a
 * mail: a good day, a bad day, a huge estate, hostile names and each language, on a phone and on a
 * desk, light and dark. Pages and pictures go to `artifacts/screenshots/mail`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { combineReports } from '../../nodes/shared/report/combine';
import { historyOf } from '../../nodes/shared/report/history';
import { renderHtml } from '../../nodes/shared/report/html';
import type { ReportModel } from '../../nodes/shared/report/model';
import { speechOf, type Language } from '../../nodes/shared/report/speech';
import { chromiumPath, startChromium } from '../browser/chromium';
import {
	badDay,
	goodDay,
	HOSTILE,
	hostileDay,
	hugeEstate,
	hugeSections,
} from '../unit/report/models';

const FOLDER = join(__dirname, '../../artifacts/screenshots/mail');
const NOW = Date.parse(badDay().period.to);
const RESULTS = ['Success', 'Success', 'Failed', 'Warning', 'Success'] as const;

/** A history that has every kind of day, and what is new. */
const withHistory = (days: number, language?: Language): ReportModel => ({
	...badDay(language),
	title: speechOf(language).say('reportTitle'),
	host: { name: 'VBR-HQ', version: '13.0.1.1071' },
	failures: badDay(language).failures.map((job, index) =>
		index === 0 ? { ...job, isNew: true } : job,
	),
	news: { since: badDay().period.from, count: 1, solved: 2 },
	history: historyOf(
		['Backup - File Servers', 'Backup - Exchange', 'Agents - Branch Servers'].map((name, job) => ({
			...{ id: name, name },
			runs: Array.from({ length: days }, (_, day) => ({
				at: NOW - (day * (job + 1) + 0.1) * 86_400_000,
				result: RESULTS[(day + job) % RESULTS.length] ?? 'Success',
			})),
		})),
		{ now: NOW, days, timeZone: badDay().timeZone },
		{ since: NOW - (days - 2) * 86_400_000 },
	),
});

const DAYS = {
	good: goodDay(),
	bad: badDay(),
	week: withHistory(7),
	month: withHistory(30),
	german: withHistory(7, 'de'),
	french: withHistory(7, 'fr'),
	spanish: withHistory(7, 'es'),
	japanese: withHistory(7, 'ja'),
	combined: combineReports(
		[
			badDay(),
			{ ...goodDay(), server: 'vbr02.example.lab:9419' },
			{ error: 'The server cannot be reached' },
		],
		{ language: 'en', title: 'Backup Report', timeZone: 'Europe/Berlin' },
	),
	huge: hugeEstate(),
	sections: hugeSections(),
	hostile: hostileDay(Object.values(HOSTILE).join(' ')),
	rightToLeft: hostileDay(HOSTILE.rightToLeft ?? ''),
};

/**
 * @param wanted parts of the days' names
 * @returns the pictures' paths
 */
export async function photographMail(wanted: string[] = ['']): Promise<string[]> {
	const path = chromiumPath();
	if (!path) throw new Error('No Chromium: give its path in CHROMIUM_PATH');
	mkdirSync(FOLDER, { recursive: true });
	const browser = await startChromium(path);
	const pictures: string[] = [];
	try {
		const days = Object.entries(DAYS).filter(([day]) => wanted.some((part) => day.includes(part)));
		for (const [day, model] of days) {
			const file = join(FOLDER, `${day}.html`);
			writeFileSync(file, renderHtml(model, 20, ''));
			for (const width of [380, 800])
				for (const colorScheme of ['light', 'dark'] as const) {
					const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
					await page.goto(pathToFileURL(file).href);
					const wide = await page.evaluate('document.documentElement.scrollWidth');
					if (Number(wide) > width) console.log(`${day} is ${wide} wide at ${width}`);
					const picture = join(FOLDER, `${day}-${width}-${colorScheme}.png`);
					// Of the huge estate the first screens say enough.
					await page.screenshot({
						path: picture,
						...(day === 'huge' || day === 'sections'
							? { clip: { x: 0, y: 0, width, height: 2_400 }, fullPage: true }
							: { fullPage: true }),
					});
					pictures.push(picture);
					await page.close();
				}
		}
	} finally {
		await browser.close();
	}
	return pictures;
}

if (require.main === module)
	void photographMail((process.argv[2] ?? '').split(',')).then((pictures) =>
		console.log(pictures.join('\n')),
	);
