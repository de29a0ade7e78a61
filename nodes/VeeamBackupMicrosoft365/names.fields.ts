import type { ProductNames } from '../shared/description/names';

/**
 * Brands and product terms by lower-case words. Common acronyms (VM, ID, SMB …) are known to every
 * product.
 */
export const spellings: ProductNames['spellings'] = {
	amazon: 'Amazon',
	azure: 'Azure',
	cidr: 'CIDR',
	ec2: 'EC2',
	entra: 'Entra',
	exchange: 'Exchange',
	msid: 'Microsoft ID',
	'microsoft 365': 'Microsoft 365',
	microsoft: 'Microsoft',
	msg: 'MSG',
	'o auth': 'OAuth',
	office365: 'Microsoft 365',
	'one drive': 'OneDrive',
	'one drives': 'OneDrives',
	'on premises': 'On-Premises',
	onedrive: 'OneDrive',
	onedrives: 'OneDrives',
	outlook: 'Outlook',
	pst: 'PST',
	's3 compatible': 'S3 Compatible',
	's3 aws': 'Amazon S3',
	'share point': 'SharePoint',
	sharepoint: 'SharePoint',
	sku: 'SKU',
	ssh: 'SSH',
	veeam: 'Veeam',
	windows: 'Windows',
	linux: 'Linux',
	zip: 'ZIP',
};

/** Labels by name of the parameter or field, `name@METHOD path` for one operation only. */
export const labels: ProductNames['labels'] = {
	endTimeLowerBound: 'Ended After',
	endTimeUpperBound: 'Ended Before',
	endTimeFrom: 'Ended After',
	endTimeTo: 'Ended Before',
	startTimeFrom: 'Started After',
	startTimeTo: 'Started Before',
	orderAsc: 'Order Ascending',
	orderBy: 'Order By',
	jobSessionsId: 'Job Session',
	'from@GET Events': 'Change Token',
	copyJobId: 'Backup Copy Job',
	rbacItem: 'Managed Object',
	roleId: 'Role',
	keyId: 'Encryption Password',
	encryptionKeyId: 'Encryption Password',
	poolId: 'Proxy Pool',
	proxyId: 'Proxy Server',
	proxyPoolId: 'Proxy Pool',
	onedriveId: 'OneDrive',
	oneDriveId: 'OneDrive',
	'id@GET EC2Resources/VirtualPrivateCloud/{id}/Subnets': 'Virtual Private Cloud ID',
};

/** Labels of enum values. */
export const values: ProductNames['values'] = {
	// The filter of job sessions says Succeeded for what the sessions call Success.
	Succeeded: 'Success',
	Vex: 'Exchange',
	Veod: 'OneDrive',
	Vesp: 'SharePoint',
	Vet: 'Teams',
};

const WILDCARD = 'Use * and ? for any characters';

/** Help by API name: what neither the label nor the dropdown says. */
export const hints: ProductNames['hints'] = {
	displayName: WILDCARD,
	from: 'The token of the last change seen, or "latest" to begin with',
	parentId: 'ID of the folder to look into, or "root" for the top level; everything without it',
};
