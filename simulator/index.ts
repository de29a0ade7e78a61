import { startServer, type RunningServer, type StartOptions } from './foundation/start';
import { vb365 } from './vb365/vb365';
import { vb365ControlClient, type Vb365Control } from './vb365/controlClient';
import { vbr } from './vbr/vbr';
import { vspc } from './vspc/vspc';
import { vspcControlClient, type VspcControl } from './vspc/controlClient';
import { vbrControlClient, type VbrControl } from './vbr/controlClient';

export type { Fault, FaultAction } from './foundation/faults';
export type { ReceivedRequest } from './foundation/requestLog';
export type { RunningServer, StartOptions } from './foundation/start';
export { VB365_DEFAULT_PORT } from './vb365/vb365';
export { VB365_ACCOUNTS, VB365_APPLICATIONS } from './vb365/users';
export { vb365ControlClient, type Vb365Control } from './vb365/controlClient';
export { VSPC_DEFAULT_PORT } from './vspc/vspc';
export { VSPC_ACCOUNTS, VSPC_API_KEYS, VSPC_MFA_CODE } from './vspc/users';
export { vspcControlClient, type VspcControl } from './vspc/controlClient';
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

export interface Microsoft365Simulator extends RunningServer {
	control: Vb365Control;
}

/** Starts a simulated Veeam Backup for Microsoft 365 server in this process. */
export async function startMicrosoft365Simulator(
	options: SimulatorOptions = {},
): Promise<Microsoft365Simulator> {
	const server = await startServer(vb365, { tokenLifetimeSeconds: 3600, ...options });
	const control = vb365ControlClient(server.controlUrl);
	if (options.sessions) await control.addSessions(options.sessions);
	return { ...server, control };
}

export interface ServiceProviderConsoleSimulator extends RunningServer {
	control: VspcControl;
}

/** Starts a simulated Veeam Service Provider Console in this process. */
export async function startServiceProviderConsoleSimulator(
	options: StartOptions = {},
): Promise<ServiceProviderConsoleSimulator> {
	const server = await startServer(vspc, { tokenLifetimeSeconds: 3600, ...options });
	return { ...server, control: vspcControlClient(server.controlUrl) };
}
