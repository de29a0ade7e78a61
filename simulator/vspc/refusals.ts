import type { Answer, Refusal } from '../foundation/product';

interface Complaint {
	message: string;
	type: 'logical' | 'retryableLogical' | 'security' | 'transport' | 'unspecified';
	code: number;
	parameterName?: string;
	propertyName?: string;
}

type Because = Refusal['because'];
type Written<B extends Because> = (refusal: Extract<Refusal, { because: B }>) => {
	status: number;
	errors: Complaint[];
};

const one = (status: number, type: Complaint['type'], code: number, message: string) => ({
	status,
	errors: [{ message, type, code }],
});

/** Status and text of each refusal. All 5xx arrive as 520. */
const WRITTEN: { [B in Because]: Written<B> } = {
	invalid: ({ problems }) => ({
		status: 400,
		errors: problems.map(({ where, what }) => ({
			message: `${where} ${what}`,
			type: 'logical',
			code: 150,
			...(where.startsWith('body')
				? { propertyName: where.replace(/^body\.?/, '') }
				: { parameterName: where.replace(/^\w+\./, '') }),
		})),
	}),
	malformed: ({ what }) => one(400, 'logical', 151, `The request cannot be read: ${what}`),
	refused: ({ status, what }) => one(status, 'logical', 152, what),
	noToken: () => one(401, 'security', 100, 'No access token was sent'),
	expiredToken: () => one(401, 'security', 101, 'The access token has expired'),
	unknownToken: () => one(401, 'security', 102, 'The access token is not valid'),
	forbidden: ({ user }) =>
		one(403, 'security', 103, `The role ${user.role} does not allow this operation`),
	notFound: ({ what, id }) => one(404, 'logical', 404, `${what} with UID ${id} was not found`),
	conflict: ({ what }) => one(400, 'logical', 153, what),
	noSuchPath: ({ path }) => one(404, 'transport', 104, `There is no resource at ${path}`),
	methodNotAllowed: ({ method }) =>
		one(405, 'transport', 105, `The resource does not support ${method}`),
	notInVersion: ({ version }) =>
		one(404, 'transport', 106, `The operation is not there in version ${version}`),
	internal: ({ what }) => one(520, 'unspecified', 500, what),
};

/** A refusal as the server writes it: `{errors: [{message, type, code, …}]}`. */
export function refused(refusal: Refusal): Answer {
	const write = WRITTEN[refusal.because] as Written<Because>;
	const { status, errors } = write(refusal as never);
	return { status, body: { errors } };
}
