import type { ProductNames } from '../shared/description/names';

/** Brands and product terms. Common acronyms (VM, ID, SMB …) are known to every product. */
export const spellings: ProductNames['spellings'] = {
	'active directory': 'Active Directory',
	amazon: 'Amazon',
	azure: 'Azure',
	bitlocker: 'BitLocker',
	bitlooker: 'BitLooker',
	'cloud director': 'Cloud Director',
	'data domain': 'Data Domain',
	dell: 'Dell',
	'entra id': 'Entra ID',
	exchange: 'Exchange',
	google: 'Google',
	'hyper v': 'Hyper-V',
	ibm: 'IBM',
	'i scsi': 'iSCSI',
	kms: 'KMS',
	linux: 'Linux',
	microsoft: 'Microsoft',
	'my sql': 'MySQL',
	nutanix: 'Nutanix',
	oracle: 'Oracle',
	'o auth': 'OAuth',
	postgre: 'PostgreSQL',
	'postgre sql': 'PostgreSQL',
	proxmox: 'Proxmox',
	scvmm: 'SCVMM',
	'share point': 'SharePoint',
	unix: 'Unix',
	'v center': 'vCenter',
	'v power': 'vPower',
	'v sphere': 'vSphere',
	veeam: 'Veeam',
	vmware: 'VMware',
	vsphere: 'vSphere',
	wasabi: 'Wasabi',
	windows: 'Windows',
};

export const labels: ProductNames['labels'] = {};
export const values: ProductNames['values'] = {};
export const hints: ProductNames['hints'] = {
	nameFilter: 'Use * for any characters',
};
