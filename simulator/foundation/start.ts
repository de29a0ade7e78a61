import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { apiServer } from './apiServer';
import { selfSignedCertificate } from './certificate';
import { controlServer } from './controlServer';
import type { ProductFactory } from './product';
import { Simulation, type SimulationOptions } from './simulation';

/** Nobody but this machine may reach a simulator. */
const HOST = '127.0.0.1';

export interface StartOptions extends SimulationOptions {
	/** Of the API; 0 takes a free one. Default 0. */
	port?: number;
	/** Of the control endpoint; 0 takes a free one. Default 0. */
	controlPort?: number;
}

export interface RunningServer {
	/** `https://127.0.0.1:<port>` */
	url: string;
	/** `http://127.0.0.1:<port>` */
	controlUrl: string;
	/** PEM of the self-signed certificate. */
	certificate: string;
	/** Ends both servers at once, hanging requests too. */
	close(): Promise<void>;
}

/** Starts a simulated server and its control endpoint. Rejects where a port is taken. */
export async function startServer(
	make: ProductFactory,
	options: StartOptions = {},
): Promise<RunningServer> {
	const certificate = await selfSignedCertificate();
	const simulation = new Simulation(make, options, certificate);
	const api = apiServer(simulation, certificate);
	const control = controlServer(simulation);
	const close = async (): Promise<void> => {
		await Promise.all([api.close(), control.close()]);
	};
	try {
		await api.listen({ host: HOST, port: options.port ?? 0 });
		await control.listen({ host: HOST, port: options.controlPort ?? 0 });
	} catch (error) {
		await close();
		throw error;
	}
	return {
		url: `https://${HOST}:${portOf(api)}`,
		controlUrl: `http://${HOST}:${portOf(control)}`,
		certificate: certificate.cert,
		close,
	};
}

function portOf(app: FastifyInstance): number {
	return (app.server.address() as AddressInfo).port;
}
