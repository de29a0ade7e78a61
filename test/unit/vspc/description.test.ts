import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { adapter } from '../../../nodes/VeeamServiceProviderConsole/api/adapter';
import { overlay } from '../../../nodes/VeeamServiceProviderConsole/overlay';
import { changeableFields } from '../../../nodes/shared/form/fieldsToChange';
import { nameOperations } from '../../../nodes/shared/form/operationNames';
import { pathBindings } from '../../../nodes/shared/binding/parameterBinding';
import { pickersOf } from '../../../nodes/shared/form/pickers';
import { operationOptions, operationPickers } from '../../support/operationPickers';
import { node } from './support';

const catalogue = adapter.catalogue();
const { properties } = node.description;
const named = nameOperations(catalogue, overlay);

/** Names of the parameters that the form of an operation shows. */
const form = (operation: string, more = {}): string[] => {
	const resource = named.find((one) => one.operation.id === operation)?.resource ?? operation;
	const values = { resource, operation, bodyMode: 'fields', returnAll: false, ...more };
	return properties
		.filter((property) =>
			NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, node.description),
		)
		.map(({ name }) => name);
};

describe('the description', () => {
	it('weighs at most 300 KB', () => {
		expect(JSON.stringify(node.description).length).toBeLessThanOrEqual(300_000);
	});

	it('offers every operation of every version once', () => {
		const offered = operationOptions(properties).map(({ value }) => value);
		const wanted = catalogue.operations.map(({ id }) => id);
		const own = ['apiRequest', 'combineReports', 'findOperations', 'getProtectionReport'];
		expect(offered.sort()).toEqual([...wanted, ...own].sort());
	});

	it('has lists of operations that a person can scan', () => {
		const counts = new Map<string, number>();
		for (const { resource } of named) counts.set(resource, (counts.get(resource) ?? 0) + 1);
		expect(Math.max(...counts.values())).toBeLessThanOrEqual(25);
		expect(counts.size).toBeGreaterThanOrEqual(90);
		expect(counts.size).toBeLessThanOrEqual(125);
	});

	it('calls operations by a verb', () => {
		const verbs =
			/^(Abort|Accept|Acknowledge|Activate|Add|Answer|Assign|Attach|Cancel|Change|Check|Clone|Collect|Complete|Connect|Copy|Create|Deactivate|Decrypt|Delete|Deploy|Disable|Discover|Download|Enable|Finalize|Generate|Get|Grant|Install|Log In|Map|Patch|Reboot|Refresh|Renew|Replace|Reset|Resolve|Restart|Retry|Revalidate|Revoke|Schedule|Send|Set|Start|Stop|Synchronize|Test|Unassign|Undo|Uninstall|Update|Upgrade|Upload|Validate|Verify)\b/;
		expect(named.filter(({ name }) => !verbs.test(name)).map(({ name }) => name)).toEqual([]);
	});

	it('starts every list of operations at one that it has', () => {
		const pickers = operationPickers(properties);
		const astray = pickers.filter(
			({ options, default: initial }: INodeProperties) =>
				!(options as INodePropertyOptions[]).some(({ value }) => value === initial),
		);
		expect(astray).toEqual([]);
	});
});

describe('the form', () => {
	it('of a list has a filter, result options and how much to return', () => {
		expect(form('listBackupCopyJobsObjects')).toEqual([
			'resource',
			'operation',
			'returnAll',
			'limit',
			'queryFilter',
			'queryOptions',
			'simplify',
		]);
	});

	it('of a list whose records say where they belong asks for the company first', () => {
		expect(form('listBackupServerJobs')).toEqual([
			'resource',
			'operation',
			'returnAll',
			'limit',
			'filterCompany',
			'filterLocation',
			'filterBackupServer',
			'queryFilter',
			'queryOptions',
			'simplify',
		]);
	});

	it('of one object has the object and result options', () => {
		expect(form('getCompany')).toEqual([
			'resource',
			'operation',
			'companyUid',
			'queryOptions',
			'simplify',
		]);
	});

	it('of a change has the object, and the fields to change', () => {
		expect(form('editCompany')).toEqual([
			'resource',
			'operation',
			'companyUid',
			'bodyMode',
			'fieldsToChange',
			'setToNull',
			'queryOptions',
			'previewOnly',
		]);
		const fields = changeableFields({ catalogue, overlay }, 'editCompany');
		expect(fields.map(({ id, type }) => [id, type])).toEqual([
			['isAlarmDetectEnabled', 'boolean'],
			['companyServices', 'object'],
			['loginUrl', 'string'],
			['name', 'string'],
			['ownerCredentials', 'object'],
			['permissions', 'string'],
			['resellerUid', 'string'],
			['isRestAccessEnabled', 'boolean'],
			['status', 'options'],
			['subscriptionPlanUid', 'string'],
		]);
	});
});

/** PUTs of an object that a GET of the same path reads. */
const UPDATES = [
	'installCertificate',
	'setBackupAgentSettings',
	'setManagementAgentCredentials',
	'updateVOneServerSettings',
];

it('offers no field that the server alone knows as one to change', () => {
	const fields = changeableFields({ catalogue, overlay }, 'editBackupServerJob');
	expect(fields.map(({ id }) => id).sort()).toEqual([
		'backupServerUid',
		'description',
		'destination',
		'isEnabled',
		'isGfsOptionEnabled',
		'locationUid',
		'mappedOrganizationUid',
		'name',
		'organizationUid',
		'retentionLimit',
		'retentionLimitType',
		'schedule',
		'scheduleType',
		'siteUid',
		'status',
		'targetType',
		'type',
		'uniqueUid',
	]);
	for (const operation of catalogue.operations) {
		const offered = changeableFields({ catalogue, overlay }, operation.id).length;
		const isPatch = operation.body?.media === 'jsonPatch' && /^#.*[^\]]$/.test(operation.body.type);
		const takes = isPatch || UPDATES.includes(operation.id);
		expect([operation.id, offered > 0]).toEqual([operation.id, takes]);
	}
});

it('offers to wait for work only where there is some: async actions are waited for anyway', () => {
	expect(JSON.stringify(properties)).not.toContain('waitForCompletion');
	expect(form('apiRequest', { requestMethod: 'POST' })).toEqual([
		'resource',
		'operation',
		'requestMethod',
		'requestPath',
		'requestQuery',
		'requestBody',
		'requestReturns',
		'previewOnly',
	]);
});

describe('the ids in paths', () => {
	it('are mostly chosen from a list whose entries have that id', () => {
		let all = 0;
		let fully = 0;
		for (const operation of catalogue.operations) {
			const bindings = pathBindings(operation);
			if (bindings.length === 0) continue;
			const pickers = pickersOf(catalogue, overlay, operation);
			for (const { list, idField } of pickers.values())
				expect([list.path, Object.keys(list.returns.fields ?? {})]).toEqual([
					list.path,
					expect.arrayContaining([idField]),
				]);
			all++;
			if (bindings.every(({ name }) => pickers.has(name))) fully++;
		}
		expect(fully / all).toBeGreaterThan(0.9);
	});
});
