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
	AWS: 'AWS',
	AmazonS3Compatible: 'S3 Compatible',
	AwsPrivateOffer: 'AWS Private Offer',
	AzureBlobArchive: 'Azure Blob Archive',
	CustomSmtp: 'Custom SMTP',
	GoogleGmail: 'Google Gmail',
	Hours1: '1 Hour',
	Hours12: '12 Hours',
	Hours2: '2 Hours',
	Hours4: '4 Hours',
	Hours8: '8 Hours',
	IBMCloud: 'IBM Cloud',
	KBs: 'KB/s',
	MBs: 'MB/s',
	Mbps: 'Mbps',
	Microsoft365: 'Microsoft 365',
	Minutes10: '10 Minutes',
	Minutes15: '15 Minutes',
	Minutes30: '30 Minutes',
	Minutes5: '5 Minutes',
	NFR: 'NFR',
	Office365: 'Microsoft 365',
	USDefence: 'US Defence',
	USGovernment: 'US Government',
	Year1: '1 Year',
	Years10: '10 Years',
	Years2: '2 Years',
	Years25: '25 Years',
	Years3: '3 Years',
	Years5: '5 Years',
	Years7: '7 Years',
	amazonS3Account: 'Amazon S3 Account',
	amazonS3CompatibleAccount: 'S3 Compatible Account',
	azureBlobAccount: 'Azure Blob Account',
	// The filter of job sessions says Succeeded for what the sessions call Success.
	Succeeded: 'Success',
	Vex: 'Exchange',
	Veod: 'OneDrive',
	Vesp: 'SharePoint',
	Vet: 'Teams',
};

const WILDCARD = 'Use * and ? for any characters';

/** What JSON of the items of a job looks like. */
const ITEMS =
	'Such as [{"type": "User", "user": {…}, "mailbox": true}], with the user as the organization lists it';

/** Help by API name: what neither the label nor the dropdown says. */
export const hints: ProductNames['hints'] = {
	applicationCertificate: 'The certificate file as Base64 text',
	displayName: WILDCARD,
	from: 'The token of the last change seen, or "latest" to begin with',
	excludedItems: ITEMS,
	objectStorage:
		'Type (AmazonS3Compatible, AmazonS3, AzureBlob …), accountId, and the bucket or container with its folder: amazonBucketS3Compatible or amazonBucketS3Aws with s3Folder, azureContainer with azureFolder',
	selectedItems: ITEMS,
	parentId: 'ID of the folder to look into, or "root" for the top level; everything without it',
};
