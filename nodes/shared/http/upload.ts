import { randomUUID } from 'crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { UserFacingFailure } from './errors';
import type { RequestBody, VeeamContext } from './types';

/** A body as n8n's HTTP helper takes it. */
export interface OutgoingBody {
	/** Text, a buffer or a stream that can be read once. */
	body: unknown;
	headers: Record<string, string>;
}

export const isUpload = (body: RequestBody | undefined): boolean =>
	body?.media === 'binary' || body?.media === 'multipart';

/**
 * Makes the body ready to leave. Called once per try, because a stream can be read only once.
 * JSON is sent as text: n8n drops an object without fields.
 */
export async function openBody(
	context: VeeamContext,
	itemIndex: number,
	body: RequestBody | undefined,
): Promise<OutgoingBody> {
	if (!body) return { body: undefined, headers: {} };
	switch (body.media) {
		case 'json':
			return {
				body: body.text ?? JSON.stringify(body.value ?? null),
				headers: { 'Content-Type': 'application/json' },
			};
		case 'form':
			return {
				body: new URLSearchParams(body.value).toString(),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			};
		case 'binary':
			return await openFile(context as IExecuteFunctions, itemIndex, body.binaryProperty);
		case 'form-data':
			return openTexts(body.value);
		case 'multipart':
			return await openForm(context as IExecuteFunctions, itemIndex, body);
	}
}

/** Streams from n8n's storage where the file is there; else it is in memory already. */
async function openFile(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	property: string,
): Promise<OutgoingBody> {
	const file = helpers.assertBinaryData(itemIndex, property);
	const headers: Record<string, string> = { 'Content-Type': 'application/octet-stream' };
	if (!file.id) {
		const bytes = await helpers.getBinaryDataBuffer(itemIndex, property);
		refuseEmpty(bytes.length, property);
		return { body: bytes, headers: { ...headers, 'Content-Length': String(bytes.length) } };
	}
	const { fileSize } = await helpers.getBinaryMetadata(file.id);
	refuseEmpty(fileSize, property);
	if (fileSize > 0) headers['Content-Length'] = String(fileSize);
	return { body: await helpers.getBinaryStream(file.id), headers };
}

/**
 * A form with one file. Put together in memory: n8n's helper takes streamed forms only from a
 * package that nodes may not bring along, and the forms of these products carry license files.
 */
async function openForm(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	{ field, binaryProperty }: { field: string; binaryProperty: string },
): Promise<OutgoingBody> {
	const file = helpers.assertBinaryData(itemIndex, binaryProperty);
	const bytes = await helpers.getBinaryDataBuffer(itemIndex, binaryProperty);
	refuseEmpty(bytes.length, binaryProperty);
	const boundary = `n8n-nodes-veeam-${randomUUID()}`;
	const head = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${quoted(field)}"; filename="${quoted(fileName(file))}"`,
		`Content-Type: ${file.mimeType.replace(/[\r\n]/g, '') || 'application/octet-stream'}`,
		'',
		'',
	].join('\r\n');
	const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
	return {
		body,
		headers: {
			'Content-Type': `multipart/form-data; boundary=${boundary}`,
			'Content-Length': String(body.length),
		},
	};
}

/** A form of texts alone. */
function openTexts(value: Record<string, string>): OutgoingBody {
	const boundary = `n8n-nodes-veeam-${randomUUID()}`;
	const parts = Object.entries(value).map(
		([name, text]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${text}\r\n`,
	);
	return {
		body: `${parts.join('')}--${boundary}--\r\n`,
		headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
	};
}

const fileName = (file: IBinaryData): string => file.fileName ?? 'file';

/** As browsers write names into a form. */
const quoted = (text: string): string =>
	text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

function refuseEmpty(size: number, property: string): void {
	if (size === 0)
		throw new UserFacingFailure({
			message: `The file in "${property}" is empty.`,
			description: 'Check the node that produced it. Nothing has been sent.',
		});
}
