import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { sentenceCase } from '../common/casing';
import { AUTOMATIC, LARGEST_ANSWER_MB, MOST_MB } from './connection';
import type { ConnectionRules } from './types';
import { SESSION } from './sessionText';

/** A way to log in: an entry of the dropdown Authentication and the fields that go with it. */
export interface WayIn {
	option: INodePropertyOptions;
	fields: INodeProperties[];
}

/** What the fields of a product's credential say that its `ConnectionRules` do not. */
export interface CredentialForm {
	/** What the address belongs to: "the backup server". */
	server: string;
	/** In the order of the dropdown; the first is the default. */
	waysIn: [WayIn, ...WayIn[]];
	/** Below the API version. */
	aboutVersion: string;
	/** A version that this package may not know yet, as an example. */
	laterVersion: string;
	/** Versions that can be chosen although the catalogue does not know them. */
	olderVersions?: INodePropertyOptions[];
}

/** A field whose value n8n hides. */
export const secretField = (
	displayName: string,
	name: string,
	description?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { password: true },
	default: '',
	...(description === undefined ? {} : { description }),
});

/** Username and password; `placeholder` and `description` belong to the username. */
export const passwordWay = (
	username: Pick<INodeProperties, 'placeholder' | 'description'>,
): WayIn => ({
	option: {
		name: 'Password',
		value: 'password',
		description: 'Log in with username and password; tokens are renewed by themselves',
	},
	fields: [
		{ displayName: 'Username', name: 'username', type: 'string', default: '', ...username },
		secretField('Password', 'password'),
	],
});

/** A token that the user has from elsewhere. */
export const tokenWay: WayIn = {
	option: {
		name: 'Access Token',
		value: 'token',
		description: 'Paste a token, which works until it expires',
	},
	fields: [secretField('Access Token', 'accessToken')],
};

/**
 * The fields of a product's credential, as `readConnection` reads them. The versions to choose from
 * are those of the product's `ConnectionRules`.
 */
export function serverFields(
	{ host, defaultPort, versions }: ConnectionRules,
	{ server, waysIn, aboutVersion, laterVersion, olderVersions = [] }: CredentialForm,
): INodeProperties[] {
	const standard = waysIn[0].option.value;
	return [
		{
			displayName: 'Server URL',
			name: 'serverUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: `e.g. https://${host}:${defaultPort}`,
			description: `Address of ${server}. Without https:// or a port, https and ${defaultPort} are assumed.`,
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: waysIn.map(({ option }) => option),
			default: standard,
		},
		...waysIn.flatMap(({ option, fields }) =>
			fields.map((field) => ({
				...field,
				displayOptions: { show: { authentication: [option.value] } },
			})),
		),
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: AUTOMATIC,
					description: 'The newest that the server and this package both know',
				},
				...versions.map(versionOption),
				...olderVersions,
				{
					name: 'Other',
					value: 'other',
					description: 'Enter a version, such as one newer than this package',
				},
			],
			default: AUTOMATIC,
			description: aboutVersion,
		},
		{
			displayName: 'Other API Version',
			name: 'otherApiVersion',
			type: 'string',
			default: '',
			placeholder: `e.g. ${laterVersion}`,
			displayOptions: { show: { apiVersion: ['other'] } },
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect even if the certificate of the server cannot be trusted, such as the self-signed one that it is installed with',
		},
		{
			displayName: 'Largest Answer (MB)',
			name: 'largestAnswerMb',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_MB },
			default: LARGEST_ANSWER_MB,
			description:
				'The largest answer to accept from the server. Reading stops at this size; file downloads are not limited.',
		},
		{
			displayName: 'Session Token',
			name: SESSION,
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];
}

/** "13.0 (1.3-rev0)", or the version alone where its name says the release. */
function versionOption({
	version,
	release,
	build,
	unverified,
}: ConnectionRules['versions'][number]): INodePropertyOptions {
	const about = [
		...(build === undefined ? [] : [`Known to build ${build} and later`]),
		...(unverified ? ['Unverified: no specification of it is public'] : []),
	];
	const named = release === undefined || version.replace(/^v/, '') === release;
	return {
		name: named ? sentenceCase(version) : `${release} (${version})`,
		value: version,
		...(about.length === 0 ? {} : { description: about.join('. ') }),
	};
}
