import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../../nodes/shared/runtime/parameterError';
import {
	readReportRequest,
	reportForm,
	type ReportSections,
} from '../../../nodes/shared/report/options';

const SECTIONS: ReportSections = {
	usual: ['jobs', 'repositories', 'tenants'],
	all: ['jobs', 'repositories', 'tenants', 'history'],
};

const read = ({ hours, ...reportOptions }: IDataObject = {}, zone = 'Europe/Berlin') =>
	readReportRequest(
		{
			getNodeParameter: ((name: string) =>
				name === 'reportPeriod' ? hours : reportOptions) as never,
			getTimezone: () => zone,
		},
		0,
		SECTIONS,
	);

const refusal = (options: IDataObject): string[] => {
	try {
		read(options);
	} catch (error) {
		if (error instanceof ParameterError) return [error.message, error.description ?? ''];
	}
	return [];
};

describe('the options of a report', () => {
	it('have sensible defaults: a day, in the zone of the workflow', () => {
		expect(read()).toEqual({
			hours: 24,
			lowPercent: 10,
			rpoHours: 48,
			expiresInDays: 30,
			language: 'en',
			maxRows: 20,
			historyDays: 7,
			markNews: true,
			timeZone: 'Europe/Berlin',
			title: 'Backup Report',
			brandColour: '',
			includeJobs: [],
			excludeJobs: [],
			includeTenants: [],
			excludeTenants: [],
			sections: SECTIONS.usual,
			outputField: 'data',
			onePerTenant: false,
		});
	});

	it('are taken as a person writes them', () => {
		expect(
			read({
				hours: '48',
				brandColour: '#0AF',
				includeJobs: 'Backup*, Copy *,',
				sections: ['tenants', 'jobs'],
				outputField: ' table ',
				timeZone: 'UTC',
				onePerTenant: true,
			}),
		).toMatchObject({
			hours: 48,
			brandColour: '#00aaff',
			includeJobs: ['Backup*', 'Copy *'],
			sections: ['jobs', 'tenants'],
			outputField: 'table',
			timeZone: 'UTC',
			onePerTenant: true,
		});
	});

	it.each([
		[{ hours: 0 }, '"Period (Hours)" is 0: it must be a number from 1 to 744'],
		[{ hours: 'day' }, '"Period (Hours)" is "day": it must be a number from 1 to 744'],
		[{ lowPercent: 101 }, '"Low Below (Percent)" is 101: it must be a number from 0 to 100'],
		[{ maxRows: -1 }, '"Rows per Section" is -1: it must be a number from 1 to 500'],
		[{ timeZone: 'Berlin' }, '"Time Zone" is "Berlin": there is no such time zone'],
		[
			{ brandColour: 'red;background:url(x)' },
			'"Brand Color" is "red;background:url(x)": it must be a color such as #00b336',
		],
		[{ language: 'it' }, '"Language" is "it": a report cannot be made in it'],
		[{ language: 'constructor' }, '"Language" is "constructor": a report cannot be made in it'],
		[{ sections: ['jobs', 'alarms'] }, '"Sections" holds "alarms": there is no such section'],
	])('%j is refused, with what to do', (options, message) => {
		expect(refusal(options)).toEqual([message, expect.stringMatching(/.{20,}\.$/)]);
	});

	it.each([
		['de', 'de', 'Backup-Bericht'],
		['de-AT', 'de', 'Backup-Bericht'],
		['FR_ca', 'fr', 'Rapport de sauvegarde'],
		['', 'en', 'Backup Report'],
	])('take the language %j, which the title follows', (language, known, title) => {
		expect(read({ language })).toMatchObject({ language: known, title });
		expect(read({ language, title: 'Mine' }).title).toBe('Mine');
	});

	it('speak of tenants only where there are any', () => {
		const labels = (all: ReportSections['all']) =>
			(reportForm({ all, usual: [] }).properties().at(-1)!.options as INodeProperties[]).map(
				({ displayName }) => displayName,
			);
		expect(labels(['jobs', 'tenants']).filter((label) => /Tenant/.test(label))).toEqual([
			'Exclude Tenants',
			'Include Tenants',
			'One Item per Tenant',
		]);
		expect(labels(['jobs']).join()).not.toContain('Tenant');
	});
});
