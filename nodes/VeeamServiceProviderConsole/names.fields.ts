import type { ProductNames } from '../shared/description/names';

/** Brands and product terms by lower-case words. Common acronyms are known to every product. */
export const spellings: ProductNames['spellings'] = {
	'active directory': 'Active Directory',
	ad: 'Active Directory',
	amazon: 'Amazon',
	apikey: 'API Key',
	autodeployment: 'automatic deployment',
	azure: 'Azure',
	cbt: 'CBT',
	cdp: 'CDP',
	cloudgateways: 'cloud gateways',
	cloudgatewaypools: 'cloud gateway pools',
	'cloud director': 'Cloud Director',
	'entra id': 'Entra ID',
	google: 'Google',
	'google cloud': 'Google Cloud',
	'hyper v': 'Hyper-V',
	iso: 'ISO',
	linux: 'Linux',
	mac: 'Mac',
	microsoft: 'Microsoft',
	microsoft365: 'Microsoft 365',
	'o auth': 'OAuth',
	oauth2: 'OAuth 2.0',
	pdf: 'PDF',
	pulse: 'Pulse',
	rsa: 'RSA',
	saml2: 'SAML 2.0',
	smtp: 'SMTP',
	totp: 'MFA',
	uid: 'ID',
	uids: 'IDs',
	usa: 'USA',
	'v app': 'vApp',
	'v apps': 'vApps',
	'v center': 'vCenter',
	'v cloud': 'vCloud',
	networkextension: 'network extension',
	paas: 'PaaS',
	'v dc': 'Organization VDC',
	'v dcs': 'Organization VDCs',
	'v mware': 'VMware',
	'v one': 'Veeam ONE',
	'v sphere': 'vSphere',
	vac: 'VAC',
	vb365: 'Microsoft 365',
	vbr: 'backup server',
	vcd: 'Cloud Director',
	vdc: 'VDC',
	vdcs: 'VDCs',
	veeam: 'Veeam',
	vone: 'Veeam ONE',
	vsphere: 'vSphere',
	wanaccelerator: 'WAN Accelerator',
	wanaccelerators: 'WAN Accelerators',
	windows: 'Windows',
	xml: 'XML',
};

/** Labels by name of the parameter or field, `name@METHOD path` for one operation. */
export const labels: ProductNames['labels'] = {
	activeAlarmUid: 'Triggered Alarm ID',
	alarmUid: 'Alarm Template ID',
	backupAgentJobUid: 'Job ID',
	hostedTagResourceUid: 'Tag Resource ID',
	hostedVbrBackupResourceUid: 'Hosted Backup Resource ID',
	mappingUid: 'Mapping ID',
	planUid: 'Failover Plan ID',
	vb365BackupJobUid: 'Backup Job ID',
	vb365BackupResourceUid: 'Backup Resource ID',
	vb365CopyJobUid: 'Backup Copy Job ID',
	vb365JobUid: 'Job ID',
	vb365OrganizationUid: 'Microsoft 365 Organization ID',
	vb365ResourceUid: 'Microsoft 365 Resource ID',
	vb365ServerUid: 'Microsoft 365 Backup Server ID',
	vbrHostedResourceUid: 'Hosted Resource ID',
	winPrincipalId: 'User or Group ID',
};

/** Labels of enum values, where splitting them into words reads badly. */
export const values: ProductNames['values'] = {
	ADFS: 'AD FS',
	AwsRds: 'Amazon RDS',
	exe: 'EXE',
	GcpMySqlBuiltIn: 'Google Cloud SQL for MySQL',
	GcpPostgres: 'Google Cloud SQL for PostgreSQL',
	GST: 'GST',
	KbytePerSec: 'KB/s',
	MbitPerSec: 'Mbit/s',
	MbytePerSec: 'MB/s',
	msi: 'MSI',
	sh: 'Shell Script',
	USDefence: 'US Defense',
	UsGovernment: 'US Government',
	USGovernment: 'US Government',
	VAT: 'VAT',
	winNTGroup: 'Group',
	winNTUser: 'User',
	zip: 'ZIP',
};

/** Help by API name: what neither the label nor the dropdown says. */
export const hints: ProductNames['hints'] = {
	uploadUid: 'ID that the operation that starts the upload returns',
	expand: 'Related objects that come along, each in a field of its own',
};

/**
 * Fields of objects that the server keeps: its own ids, times, counts and measurements. The
 * specification of a change lists all fields of the object without saying which can be changed.
 */
export const serverOwned: RegExp[] = [
	/^(instanceUid|_embedded|createdBy|nextRun)$/,
	/^(last|avg|used)[A-Z]/,
	/^(creation|modified|discovery|activation)(Date|Time)$/,
	/(objects|jobs|computers|rules|companies)Count$/i,
	/(Usage|(error|failure|status)Message)$/i,
	/^(backedUpSize|backupChainSize|bottleneck|processingRate|restorePoints|transferredData)$/,
	/^(freeSpace|version|versionStatus)$/,
];
