import { startServer, type RunningServer, type StartOptions } from './foundation/start';
import { vbr } from './vbr/vbr';
import { vbrControlClient, type VbrControl } from './vbr/controlClient';

export type { Fault, FaultAction } from './foundation/faults';
export type { ReceivedRequest } from './foundation/requestLog';
export type { RunningServer, StartOptions } from './foundation/start';
export { DEFAULT_PORT } from './vbr/vbr';
export { ACCOUNTS } from './vbr/users';
export { vbrControlClient, type VbrControl } from './vbr/controlClient';

export interface SimulatorOptions extends StartOptions {
	/** Past sessions to add to those of the last week. Default 0. */
	sessions?: number;
}

export interface Simulator extends RunningServer {
	control: VbrControl;
}

/** Starts a simulated Veeam Backup & Replication server in this process. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const server = await startServer(vbr, options);
	const control = vbrControlClient(server.controlUrl);
	if (options.sessions) await control.addSessions(options.sessions);
	return { ...server, control };
}
