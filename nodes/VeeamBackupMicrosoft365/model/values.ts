import type { IDataObject } from 'n8n-workflow';

/** A text that says something; a blank one says as little as none. */
export const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value.trim() !== '' ? value : undefined;

export { flagOf } from '../../shared/common/flags';

/** The id in a link of a record to something of a list: `/v7/Jobs/{id}`. */
export function linkedId({ _links: links }: IDataObject, list: string): string | undefined {
	const wanted = `/${list.toLowerCase()}/`;
	for (const link of Object.values((links ?? {}) as Record<string, IDataObject | null>)) {
		const href = String(link?.href ?? '').split('?')[0] ?? '';
		const at = href.toLowerCase().lastIndexOf(wanted);
		const id = at < 0 ? '' : href.slice(at + wanted.length);
		if (id !== '' && !id.includes('/')) return id;
	}
	return undefined;
}
