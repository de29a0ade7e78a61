import type { BodyMedia } from '../../nodes/shared/catalogue/types';

/** How a request body of a media type travels; undefined for one the compiler does not know. */
export function requestMedia(mediaType: string): BodyMedia | undefined {
	const bare = mediaType.split(';')[0]!.trim().toLowerCase();
	if (bare === 'application/json-patch+json') return 'jsonPatch';
	if (bare === '*/*' || isJson(bare)) return 'json';
	if (bare === 'application/x-www-form-urlencoded') return 'form';
	if (bare === 'multipart/form-data') return 'multipart';
	if (bare === 'application/octet-stream') return 'binary';
	return undefined;
}

/** What an answer of a media type is; undefined for one the compiler does not know. */
export function answerMedia(mediaType: string): 'json' | 'file' | undefined {
	const bare = mediaType.split(';')[0]!.trim().toLowerCase();
	// Veeam Backup for Microsoft 365 declares the JSON of its token call as */*.
	if (bare === '*/*' || isJson(bare)) return 'json';
	if (FILES.has(bare) || bare.startsWith('image/')) return 'file';
	return undefined;
}

function isJson(bare: string): boolean {
	return /^(application|text)\/(.+\+)?json$/.test(bare);
}

const FILES = new Set([
	'application/octet-stream',
	'application/pdf',
	'application/vnd.efi.iso',
	'application/x-tar',
	'application/xml',
	'application/zip',
	'text/csv',
	'text/html',
	'text/plain',
	'text/xml',
]);
