import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamRequest } from '../../../nodes/shared/http/types';
import { refused } from '../../support/reportClient';
import { NOW, type Estate } from './estates';

/** As the console filters: the two forms that a report asks for. */
function passes(record: IDataObject, filter: unknown): boolean {
	if (filter === undefined) return true;
	const conditions = JSON.parse(String(filter)) as IDataObject[];
	const value = (path: string) =>
		path.split('.').reduce<unknown>((at, name) => (at as IDataObject | null)?.[name], record);
	const holds = ({ operation, property, value: wanted, items }: IDataObject): boolean => {
		if (operation === 'not') return !(items as IDataObject[]).every(holds);
		const is = value(String(property));
		if (operation === 'in') return (wanted as unknown[]).includes(is);
		if (operation === 'greaterThanOrEqual') return typeof is === 'string' && is >= String(wanted);
		throw new Error(`The oracle's console does not know ${String(operation)}`);
	};
	return conditions.every(holds);
}

/**
 * A console with an estate behind it, and the paths it was asked for.
 *
 * @param most items that the console gives in one page
 */
export function consoleOf({ version, answers, console: own, refused: no }: Estate, most: number) {
	const asked: string[] = [];
	const send = ({ path, query = {} }: VeeamRequest) => {
		asked.push(path);
		if (no.has(path)) throw refused(403);
		if (path === '/licensing/console') return { data: own };
		if (path === '/about') return { data: { serverVersion: '9.1.0.1' } };
		const all = (answers[path] ?? []).filter((record) => passes(record, query.filter));
		const offset = Number(query.offset ?? 0);
		const data = all.slice(offset, offset + Math.min(Number(query.limit ?? 100), most));
		return { data, meta: { pagingInfo: { total: all.length, count: data.length, offset } } };
	};
	const client: VeeamClient = {
		version,
		origin: 'https://vspc.example:1280',
		request: async (one) =>
			await Promise.resolve({
				status: 200,
				headers: { date: new Date(NOW).toUTCString() },
				body: send(one),
			}),
		list: async (one) => {
			const found: IDataObject[] = [];
			for (let offset = Number(one.query?.offset ?? 0); ; ) {
				const page = send({ ...one, query: { ...one.query, offset, limit: most } }) as {
					data: IDataObject[];
				};
				found.push(...page.data);
				offset += page.data.length;
				if (page.data.length < most) return await Promise.resolve(found);
			}
		},
		preview: ({ method, path }) => ({ method, url: path, headers: {} }),
		download: async () => await Promise.reject(new Error('Not expected')),
		wait: async () => await Promise.reject(new Error('Not expected')),
	};
	return { client, asked };
}
