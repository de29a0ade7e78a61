import type { Answer, Refusal } from '../foundation/product';

type Because = Refusal['because'];
type Written<B extends Because> = (refusal: Extract<Refusal, { because: B }>) => {
	status: number;
	errorCode?: string;
	message: string;
};

/** Status, code and text of each refusal. Codes are the documented ones of the API. */
const WRITTEN: { [B in Because]: Written<B> } = {
	invalid: ({ problems }) => ({
		status: 400,
		errorCode: 'ParameterValidationFailure',
		message: problems.map(({ where, what }) => `${where} ${what}`).join('; '),
	}),
	malformed: ({ what }) => ({
		status: 400,
		errorCode: 'ParameterValidationFailure',
		message: `The request cannot be read: ${what}`,
	}),
	refused: ({ status, code, what }) => ({ status, errorCode: code, message: what }),
	noToken: () => denied('Authorization has been denied for this request'),
	expiredToken: () => denied('The access token has expired'),
	unknownToken: () => denied('The access token is not valid'),
	forbidden: ({ user }) => ({
		status: 403,
		errorCode: 'ResourceAccessDenied',
		message: `The role ${user.role} does not allow this operation`,
	}),
	notFound: ({ what, id }) => ({
		status: 404,
		errorCode: 'ResourceNotFound',
		message: `${what} '${id}' was not found`,
	}),
	conflict: ({ what }) => ({ status: 409, errorCode: 'OperationConflict', message: what }),
	noSuchPath: ({ path }) => ({ status: 404, message: `There is no resource at ${path}` }),
	methodNotAllowed: ({ method }) => ({
		status: 405,
		message: `The resource does not support the method '${method}'`,
	}),
	notInVersion: ({ version }) => ({
		status: 404,
		message: `There is no such resource in ${version}`,
	}),
	internal: ({ what }) => ({ status: 500, errorCode: 'HttpError', message: what }),
};

function denied(message: string) {
	return { status: 401, message };
}

/** A refusal as the server writes it: `{message, errorCode?, stackTrace?}`. */
export function refused(refusal: Refusal): Answer {
	const write = WRITTEN[refusal.because] as Written<Because>;
	const { status, errorCode, message } = write(refusal as never);
	const stackTrace = '   at Veeam.Archiver.REST.Controllers.Controller.Invoke()';
	return { status, body: { message, ...(errorCode && { errorCode, stackTrace }) } };
}
