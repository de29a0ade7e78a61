import type { IDataObject } from 'n8n-workflow';

import { readBody } from '../http/answer';
import type { UserFacingError } from '../http/types';
import { askPlainly, type Plain } from './ask';
import type { ConnectionRules, Send } from './types';

/** What may stand behind an address in place of the product, and how it is known by. */
export interface Neighbour {
	/** "Veeam Backup for Microsoft 365" */
	displayName: string;
	/** A read that is sent without a token, and the answer by which the neighbour is known. */
	path: string;
	headers?: Record<string, string>;
	/**
	 * A path of the same kind that nobody has. A server that asks for a token whatever the path is
	 * answers both alike, and is not known by it.
	 */
	control?: string;
	/** By default: the path is there (JSON or nothing, and no 404), and `control` is not. */
	isKnownBy?(answer: Plain & { body: unknown }): boolean;
	/** What to do about it, besides correcting the address. */
	advice?: string;
}

/**
 * A product of this package as the neighbour of the others.
 *
 * @param base start of its paths
 * @param path behind it: a read of its specification
 */
export const asNeighbour = (
	{ displayName }: Pick<ConnectionRules, 'displayName'>,
	base: string,
	path: string,
	headers?: Record<string, string>,
): Neighbour => ({
	displayName,
	advice: `${displayName} has nodes and a credential of its own.`,
	path: `${base}${path}`,
	control: `${base}/thereIsNoSuchPath`,
	...(headers ? { headers } : {}),
});

/** Seconds for each of the few questions, which are asked at once. */
const SECONDS = 10;

/**
 * Finds out what answers at an address where the product should and something is amiss. Sends neither
 * token nor password.
 *
 * @returns undefined where it is the product after all, or nothing that is known
 */
export async function whoAnswers(
	send: Send,
	connection: { origin: string; ignoreSslIssues: boolean },
	product: ConnectionRules,
	neighbours: readonly Neighbour[],
): Promise<UserFacingError | undefined> {
	const answers = new Map<string, Promise<(Plain & { body: unknown }) | undefined>>();
	const get = async (path: string, headers: IDataObject = {}) => {
		const key = JSON.stringify([path, headers]);
		const options = { method: 'GET' as const, url: `${connection.origin}${path}`, headers };
		if (!answers.has(key))
			answers.set(
				key,
				askPlainly(send, connection, product, options, SECONDS).then(
					(plain) => ({ ...plain, body: readBody(plain.text) }),
					() => undefined,
				),
			);
		return await answers.get(key);
	};
	const isThere = async ({ path, headers, control, isKnownBy }: Neighbour): Promise<boolean> => {
		const [answer, other] = await Promise.all([
			get(path, headers),
			control === undefined ? undefined : get(control, headers),
		]);
		if (!answer || !(isKnownBy ?? hasPath)(answer)) return false;
		return control === undefined || (other !== undefined && !hasPath(other));
	};
	const found = await Promise.all(neighbours.map(isThere));
	const present = neighbours.filter((_, index) => found[index]);
	const [only] = present;
	// In doubt nothing is said.
	const sure = new Set(present.map(({ displayName }) => displayName)).size === 1;
	if (only === undefined || !sure || only.displayName === product.displayName) return undefined;
	return notTheProduct(connection.origin, product, only);
}

function notTheProduct(
	origin: string,
	{ displayName, defaultPort }: ConnectionRules,
	neighbour: Neighbour,
): UserFacingError {
	const { host } = new URL(origin);
	return {
		message: `This is no ${displayName} REST API: ${neighbour.displayName} answers at ${host}.`,
		description: `${displayName} listens on port ${defaultPort} by default: correct the server URL in the credential.${neighbour.advice ? ` ${neighbour.advice}` : ''}`,
	};
}

/** Whether a server has a path: it answers, or wants a token first. */
const hasPath = ({ statusCode, body }: Plain & { body: unknown }): boolean =>
	[200, 400, 401, 403].includes(statusCode) && (typeof body === 'object' || body === undefined);
