import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { OutputItems } from '../runtime/product';
import { renderCsv } from './csv';
import { renderHtml } from './html';
import type { ReportModel } from './model';
import { markNews } from './news';
import type { ReportRequest } from './options';
import { renderSlackBlocks } from './slackBlocks';
import { renderTeamsCard } from './teamsCard';
import { renderText } from './text';
import { subject } from './words';

/** The items of reports that a server was asked for, with what is new in them marked if wanted. */
export const reportItems = async (
	context: Pick<IExecuteFunctions, 'helpers' | 'getWorkflowStaticData' | 'getExecutionId'>,
	models: ReportModel[],
	request: ReportRequest,
): Promise<OutputItems> =>
	await Promise.all(
		models
			.map((model) => (request.markNews ? markNews(context, model, request) : model))
			.map(async (model) => await reportItem(context, model, request)),
	);

/** The item of a report: the model, every form of it, and the CSV as a file. */
export async function reportItem(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	model: ReportModel,
	{ maxRows, brandColour, outputField }: ReportRequest,
): Promise<OutputItems[number]> {
	const day = DateTime.fromISO(model.period.to, { zone: model.timeZone }).toISODate();
	const csv = await helpers.prepareBinaryData(
		Buffer.from(renderCsv(model), 'utf8'),
		`protection-report-${day}.csv`,
		'text/csv',
	);
	return {
		json: {
			...(model as unknown as IDataObject),
			subject: subject(model),
			html: renderHtml(model, maxRows, brandColour),
			text: renderText(model, maxRows),
			slackBlocks: renderSlackBlocks(model, maxRows),
			teamsCard: renderTeamsCard(model, maxRows),
		},
		binary: { [outputField]: csv },
	};
}
