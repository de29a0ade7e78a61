/** Polls events of Backup & Replication one after the other, against `backupServer` and a virtual clock. */
import type { IDataObject } from 'n8n-workflow';

import { adapter } from '../../nodes/VeeamBackupReplication/api/adapter';
import { Deadline } from '../../nodes/shared/monitoring/deadline';
import { createPollContext, type CommonOptions } from '../../nodes/shared/monitoring/pollContext';
import type { EventDefinition, Notification } from '../../nodes/shared/monitoring/types';
import { backupServer, type BackupServer, type OLDEST, type Revision } from './backupServer';

export class BackupPolls {
	/** What the server has; a test changes it between two polls. */
	server: BackupServer = {};
	now: number;
	memory: unknown;
	/** Requests of the last poll, `path?filters`. */
	asked: string[] = [];
	/** Settings of the last poll differ from those before. */
	settingsChanged?: true;

	constructor(
		private readonly event: EventDefinition,
		private readonly revision: Revision | typeof OLDEST,
		private readonly settings: {
			options?: IDataObject;
			common?: Partial<CommonOptions>;
			now?: number;
			/** That the credential asks for, where it is none that has a specification. */
			version?: string;
		} = {},
	) {
		this.now = settings.now ?? Date.parse('2026-11-02T12:00:00Z');
	}

	async poll(remainingItems = 500): Promise<Notification[]> {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(this.now);
		try {
			const client = backupServer(this.revision, this.server, this.settings.version);
			const options = this.settings.options ?? {};
			const pollContext = createPollContext({
				context: {
					getNodeParameter: (name: string, usual: unknown) =>
						name.endsWith('Options') ? options : (options[name] ?? usual),
				} as never,
				client,
				adapter,
				event: this.event,
				common: {
					...{ emitCurrentProblems: false, reminderHours: 0, maxItems: 500, beginsAnew: false },
					...this.settings.common,
				},
				remainingItems,
				deadline: new Deadline(36_000, () => this.now),
				now: () => this.now,
			});
			if (this.settingsChanged) pollContext.settingsChanged = true;
			const { notifications, memory } = await this.event.poll(pollContext, this.memory);
			this.memory = JSON.parse(JSON.stringify(memory ?? null)) ?? undefined;
			this.asked = client.asked.map(
				({ path, query }) =>
					`${path}?${Object.keys(query ?? {})
						.sort()
						.join('&')}`,
			);
			return notifications;
		} finally {
			clock.mockRestore();
		}
	}

	/** "problem: Job …" */
	async glance(): Promise<string[]> {
		return (await this.poll()).map(({ transition, message }) => `${transition}: ${message}`);
	}
}
