import { adapter } from '../../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { returnsFor } from '../../../nodes/shared/catalogue';
import { readBinary } from '../../support/executeNode';
import { BackupServer } from '../transport.support';
import { ID, run } from './support';

/** Operations that bring a file, each in the newest version that has it. */
const downloads = adapter
	.catalogue()
	.operations.map((operation) => ({ operation, version: operation.in.at(-1)! }))
	.filter(({ operation, version }) => returnsFor(operation, version).kind === 'file');

let server: BackupServer;
beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

it('files come from 38 operations of v8, and from one that v7 was the last to have', () => {
	const of = (wanted: string) => downloads.filter(({ version }) => version === wanted);
	expect([downloads.length, of('v8').length, of('v7').length]).toEqual([39, 38, 1]);
});

it.each(downloads.map(({ operation, version }) => [operation.id, version, operation] as const))(
	'%s (%s) gives binary data with the file name of the server',
	async (id, apiVersion, { path, pathParameters = [], body }) => {
		const isPst = /exportToPst/i.test(path);
		const [fileName, mimeType, extension] = isPst
			? ['Müller, Ann.pst', 'application/octet-stream', 'pst']
			: ['items.zip', 'application/zip', 'zip'];
		const content = Buffer.from(`${isPst ? '!BDN' : 'PK'} of ${id}`);
		server.handle = () => ({
			headers: {
				'content-type': mimeType,
				'content-disposition': isPst
					? `attachment; filename="M_ller.pst"; filename*=UTF-8''M%C3%BCller%2C%20Ann.pst`
					: 'attachment; filename=items.zip',
			},
			body: content,
		});
		const ids = pathParameters.map(({ name, type }, index) => {
			const value = type === 'integer' ? '3' : ID(index + 1);
			// Of exports there is no list to pick from: a plain field.
			return [name, name === 'requestExportId' ? value : { __rl: true, mode: 'id', value }];
		});
		const { items } = await run(
			server,
			id,
			{
				...Object.fromEntries(ids),
				...(body ? { bodyMode: 'json', bodyJson: '{}' } : {}),
				// The exports of restore operators are fetched with a code.
				authCode: 'code',
				outputFieldName: 'file',
			},
			{ apiVersion },
		);
		expect(items).toEqual([
			{
				json: { fileName, mimeType, fileSize: `${content.length} B` },
				binary: { file: expect.objectContaining({ fileName, mimeType, fileExtension: extension }) },
				pairedItem: { item: 0 },
			},
		]);
		expect(await readBinary(items[0]!.binary!.file)).toEqual(content);
		expect(server.calls).toHaveLength(1);
	},
);
