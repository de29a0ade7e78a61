import type { IDataObject } from 'n8n-workflow';

const HOUR = 3_600_000;

/** With the history: its days are those of the test. */
const FORMS = ['subject', 'html', 'text', 'slackBlocks', 'teamsCard', 'history'];

/**
 * The model out of a report's item, with times as hours from when it was made ("-3 h", "+984 h") and
 * without its forms and the server's port: what is left is the same at every run.
 */
export function steady(json: IDataObject): IDataObject {
	const made = Date.parse(String(json.generatedAt));
	const told = (value: unknown): unknown => {
		if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) {
			const hours = Math.round((Date.parse(value) - made) / HOUR);
			return `${hours > 0 ? '+' : ''}${hours} h`;
		}
		if (Array.isArray(value)) return value.map(told);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one)]));
	};
	const model = Object.fromEntries(Object.entries(json).filter(([name]) => !FORMS.includes(name)));
	return told({ ...model, server: 'server' }) as IDataObject;
}
