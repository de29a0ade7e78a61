import type { Answer, Refusal } from '../foundation/product';

type Because = Refusal['because'];
type Written<B extends Because> = (refusal: Extract<Refusal, { because: B }>) => {
	status: number;
	errorCode: string;
	message: string;
	resourceId?: string;
};

/** Status, code and text of each refusal. Codes are the documented ones of the API. */
const WRITTEN: { [B in Because]: Written<B> } = {
	invalid: ({ problems }) => ({
		status: 400,
		errorCode: 'UnexpectedContent',
		message: problems.map(({ where, what }) => `${where} ${what}`).join('; '),
	}),
	malformed: ({ what }) => ({
		status: 400,
		errorCode: 'UnexpectedContent',
		message: `The request cannot be read: ${what}`,
	}),
	refused: ({ status, code, what }) => ({ status, errorCode: code, message: what }),
	noToken: () => ({ status: 401, errorCode: 'AccessDenied', message: 'No access token was sent' }),
	expiredToken: () => ({
		status: 401,
		errorCode: 'ExpiredToken',
		message: 'The access token has expired',
	}),
	unknownToken: () => ({
		status: 401,
		errorCode: 'InvalidToken',
		message: 'The access token is not valid',
	}),
	forbidden: ({ user }) => ({
		status: 403,
		errorCode: 'AccessDenied',
		message: `The role ${user.role} does not allow this operation`,
	}),
	notFound: ({ what, id }) => ({
		status: 404,
		errorCode: 'NotFound',
		message: `${what} with ID '${id}' was not found`,
		resourceId: id,
	}),
	conflict: ({ what, id }) => ({
		status: 400,
		errorCode: 'UnknownError',
		message: what,
		resourceId: id,
	}),
	noSuchPath: ({ path }) => ({
		status: 404,
		errorCode: 'InvalidURI',
		message: `There is no resource at ${path}`,
	}),
	methodNotAllowed: ({ method }) => ({
		status: 405,
		errorCode: 'MethodNotAllowed',
		message: `The resource does not support ${method}`,
	}),
	notInVersion: ({ version }) => ({
		status: 404,
		errorCode: 'NotImplemented',
		message: `The operation is not implemented in ${version}`,
	}),
	internal: ({ what }) => ({ status: 500, errorCode: 'UnknownError', message: what }),
};

/** A refusal as the server writes it: `{errorCode, message, resourceId}`. */
export function refused(refusal: Refusal): Answer {
	const write = WRITTEN[refusal.because] as Written<Because>;
	const { status, errorCode, message, resourceId = '' } = write(refusal as never);
	return { status, body: { errorCode, message, resourceId } };
}
