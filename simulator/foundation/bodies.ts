import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Teaches a server to read forms, and to take uploads of any size without keeping them. */
export function readBodies(app: FastifyInstance): void {
	// Some clients send `Content-Type: application/json` on calls without a body.
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'string' },
		(
			_request: FastifyRequest,
			text: string,
			done: (error: Error | null, body?: unknown) => void,
		) => {
			if (text === '') return done(null, undefined);
			try {
				done(null, JSON.parse(text));
			} catch {
				done(Object.assign(new Error('the body is not valid JSON'), { statusCode: 400 }));
			}
		},
	);
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request: FastifyRequest, text: string, done: (error: Error | null, body?: unknown) => void) =>
			done(null, Object.fromEntries(new URLSearchParams(text))),
	);
	app.addContentTypeParser(
		'multipart/form-data',
		{ parseAs: 'buffer' },
		async (request: FastifyRequest, content: Buffer) => {
			const headers = { 'content-type': String(request.headers['content-type']) };
			try {
				const form = await new Response(content, { headers }).formData();
				return { receivedBytes: content.length, parts: [...form.keys()] };
			} catch {
				throw Object.assign(new Error('the form cannot be read'), { statusCode: 400 });
			}
		},
	);
	app.addContentTypeParser(
		'*',
		async (_request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
			let receivedBytes = 0;
			for await (const chunk of payload) receivedBytes += chunk.length;
			return { receivedBytes };
		},
	);
}
