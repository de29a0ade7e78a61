import type { UserFacingError } from './types';

/** What a failed answer says, whatever the shape in which its product says it. */
export interface FailedAnswer {
	status: number;
	/** The server's own words; '' where it says nothing. */
	message: string;
	/** The product's own code for what happened; '' where there is none. */
	code: string;
	/** What else is known of the failure already. */
	also?: Partial<UserFacingError>;
}

/** A row of the table: what a status or a code means. */
export interface Explanation {
	/** What happened, one sentence. */
	message: string;
	/** How to fix it. */
	description: string;
	/** Where the server's own words go: in place of `message`, behind the description, or nowhere. */
	words: 'first' | 'behind' | 'nowhere';
	retryable?: true;
}

/** What a product says otherwise than the table of all products does. */
export interface ProductErrors {
	displayName: string;
	byStatus?: Readonly<Record<number, Partial<Explanation> | undefined>>;
	/** By the product's own code, in any case of letters. Goes before the status. */
	byCode?: Readonly<Record<string, Pick<Explanation, 'message' | 'description'>>>;
	/** By the server's words: whether its license is the reason. */
	isAboutLicense?(message: string): boolean;
}

const REJECTED: Explanation = {
	message: 'The server rejects the request.',
	description:
		'Check the values of the fields: one may be missing, misspelled or not allowed with the others.',
	words: 'first',
};

/** What a status means where the product says nothing else. */
const BY_STATUS: Readonly<Record<number, Explanation>> = {
	400: REJECTED,
	401: {
		message: 'The server does not accept the token.',
		description: 'Test the credential.',
		words: 'behind',
	},
	403: {
		message: 'The account of the credential may not do this.',
		description: 'Give it a role that allows this.',
		words: 'behind',
	},
	404: {
		message: 'The server knows no object with this ID.',
		description:
			'Check the ID: the object may have been deleted, or the ID may belong to another kind of object.',
		words: 'first',
	},
	409: {
		message: 'The request conflicts with the state of the object.',
		description: 'The object may be in use or may exist already.',
		words: 'first',
	},
	422: REJECTED,
	429: {
		message: 'The server gets too many requests.',
		description: 'Send fewer requests, or request less at once.',
		words: 'behind',
		retryable: true,
	},
	503: {
		message: 'The server is not available at the moment.',
		description: 'It may be starting or busy. Try again later.',
		words: 'behind',
		retryable: true,
	},
};

/** Turns a failed answer into what a person reads: by its license, its code, then its status. */
export function explain(answer: FailedAnswer, product: ProductErrors): UserFacingError {
	const { message: words, code, also } = answer;
	const about = { ...(code === '' ? {} : { code }), ...also };
	if (product.isAboutLicense?.(words))
		return {
			...about,
			message: `The license of the server does not allow this: ${words}`,
			description: `Install, renew or extend the license in ${product.displayName}.`,
		};
	const { message, description, words: place, retryable } = rowFor(answer, product);
	return {
		...about,
		message: place === 'first' && words !== '' ? words : message,
		description: `${description}${place === 'behind' ? quoted(words) : ''}`,
		...(retryable ? { retryable } : {}),
	};
}

function rowFor({ status, code }: FailedAnswer, product: ProductErrors): Explanation {
	const byCode = Object.entries(product.byCode ?? {}).find(
		([name]) => name.toLowerCase() === code.toLowerCase(),
	);
	if (byCode) return { words: 'first', ...byCode[1] };
	const general = BY_STATUS[status] ?? {
		message: `The server failed (HTTP ${status}).`,
		description:
			status >= 500
				? `Something went wrong inside ${product.displayName}. Its logs say more.`
				: `The server answered HTTP ${status}${code === '' ? '' : ` (${code})`}.`,
		words: 'first',
	};
	return { ...general, ...product.byStatus?.[status] };
}

/** " The server says: …", or nothing. */
export const quoted = (words: string): string => (words === '' ? '' : ` The server says: ${words}`);

/**
 * The fields of an error answer as two of the products have it: `{errorCode, message, resourceId?}`
 * of an operation, `{error, error_description}` of a login, or plain text. A stack trace is read by
 * nobody and shown to nobody.
 */
export function readErrorBody(body: unknown): {
	code: string;
	message: string;
	resourceId?: string;
} {
	const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
	return {
		code: text(fields.errorCode) || text(fields.error),
		message:
			text(fields.message) ||
			text(fields.error_description) ||
			(typeof body === 'string' ? body.trim().slice(0, 500) : ''),
		resourceId: text(fields.resourceId) || undefined,
	};
}
