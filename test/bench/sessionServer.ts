/**
 * A server of nothing but sessions, in a process of its own: as quick as one can be, so that what is
 * measured is whoever asks. Prints its address. Arguments: how many sessions, milliseconds of latency.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../simulator/foundation/certificate';

const [, , sessions = '0', latency = '0'] = process.argv;
const total = Number(sessions);

/** About 700 bytes, as a session of the REST API has. */
const record = (at: number) => {
	const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
	const time = new Date(Date.UTC(2030, 0, 1) + at * 60_000).toISOString();
	return {
		...{ id, name: `Backup Job ${at % 500}`, jobId: id, sessionType: 'BackupJob', usn: at },
		...{ creationTime: time, endTime: time, state: 'Stopped', progressPercent: 100 },
		result: { result: 'Success', message: 'm'.repeat(300), isCanceled: false },
		...{ resourceId: id, resourceReference: `/api/v1/jobs/${id}`, platformName: 'VMware' },
	};
};

const texts = new Map<string, string>();
const page = (skip: number, limit: number): string => {
	const key = `${skip} ${limit}`;
	const count = Math.max(0, Math.min(limit, total - skip));
	const text =
		texts.get(key) ??
		JSON.stringify({
			data: Array.from({ length: count }, (_, at) => record(skip + at)),
			pagination: { total, count, skip, limit },
		});
	texts.set(key, text);
	return text;
};

void selfSignedCertificate().then(({ key, cert }) => {
	const server = createServer({ key, cert }, (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
		request.resume();
		const body = pathname.endsWith('/token')
			? JSON.stringify({ access_token: 'token', token_type: 'bearer', expires_in: 3600 })
			: pathname === '/api/v1/sessions'
				? page(Number(searchParams.get('skip') ?? 0), Number(searchParams.get('limit') ?? 200))
				: '{}';
		setTimeout(() => {
			response.setHeader('content-type', 'application/json');
			response.end(body);
		}, Number(latency));
	});
	// Kept connections outlast the other readers' turns: one that is closed meanwhile hangs up.
	server.keepAliveTimeout = 120_000;
	server.listen(0, '127.0.0.1', () =>
		process.stdout.write(`https://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
	);
});
