/**
 * Identifiers as a person reads them: `vmId` -> "VM ID", `freeSpaceGB` -> "Free Space (GB)".
 * Pure text functions; a product adds its own spellings.
 */

/**
 * How words are spelled that are not merely capitalised: `vm` -> `VM`, `hyper v` -> `Hyper-V`. A
 * spelling without capitals is a common term: `creds` -> `credentials`.
 */
export type Spellings = Readonly<Record<string, string>>;

/** Spellings that hold for every product. Keys: lower-case words, separated by spaces. */
const COMMON: Spellings = Object.fromEntries(
	[
		'ACL AD API ASCII AWS BIOS BMR CBT CIFS CPU CSV DB DNS DRS FLR FTP GFS GPT GUID HA HTML HTTP HTTPS',
		'IAM ID IO IOPS IP JSON KMS LUN MAC MBR MD5 MFA NAS NAT NDMP NFS NIC NTLM OS PDF PKI RAM RDM RPC',
		'S3 SAML SAN SCSI SHA SID SLA SMB SMTP SNMP SQL SSD SSH SSL SSO TCP TLS TTL UDP UEFI UI UID UNC',
		'UPN URI URL USB UTC UUID VHD VHDX VIP VLAN VM VMDK VPC VPN VSS VTL WAN WORM XML YARA',
	]
		.join(' ')
		.split(' ')
		.flatMap((word) => [
			[word.toLowerCase(), word],
			[`${word.toLowerCase()}s`, `${word}s`],
		])
		// Plural of a word that is another word.
		.filter(([key]) => key !== 'oss' && key !== 'has' && key !== 'ads'),
);

const UNITS: Spellings = {
	bytes: 'Bytes',
	days: 'Days',
	gb: 'GB',
	gbs: 'GB',
	hours: 'Hours',
	kb: 'KB',
	mb: 'MB',
	tb: 'TB',
	sec: 'Seconds',
	seconds: 'Seconds',
	minutes: 'Minutes',
	ms: 'Milliseconds',
	percent: '%',
	utc: 'UTC',
};

/** Lower-case inside a title. Only words that the n8n lint's title case leaves alone too. */
const SMALL = new Set(
	'a an and as at but by for if in nor of on or per the to via with'.split(' '),
);

/** Words of an identifier, lower-case: `isVMTagsEnabled` -> is, vm, tags, enabled. */
export function tokenize(identifier: string): string[] {
	return (
		identifier
			// VMsFrom -> VMs From; then NFSPath -> NFS Path, but not the plural in VMs, IDs.
			.replace(/([A-Z]{2,40}s)(?=[A-Z])/g, '$1 ')
			.replace(/([A-Z]{1,40})([A-Z][a-z](?!\b)[a-z]*)/g, '$1 $2')
			.replace(/([a-z\d])([A-Z])/g, '$1 $2')
			.split(/[^A-Za-z\d]+/)
			.filter(Boolean)
			.map((word) => word.toLowerCase())
	);
}

const upper = (letter: string): string => letter.toUpperCase();
const capitalised = (word: string): string => upper(word.charAt(0)) + word.slice(1);

/** Words spelled, the longest known phrase first. */
function spelled(list: string[], spellings: Spellings): string[] {
	const result: string[] = [];
	for (let start = 0; start < list.length; ) {
		let length = Math.min(4, list.length - start);
		let found: string | undefined;
		for (; length > 0 && found === undefined; length--) {
			const phrase = list.slice(start, start + length).join(' ');
			found = spellings[phrase] ?? COMMON[phrase];
		}
		result.push(found ?? list[start] ?? '');
		start += found === undefined ? 1 : length + 1;
	}
	return result;
}

/** A spelling with capitals and common words in a title: "WAN accelerator" -> "WAN Accelerator". */
const inTitle = (phrase: string): string =>
	phrase
		.split(' ')
		.map((word) => (/^[a-z]{3,}$/.test(word) && !SMALL.has(word) ? capitalised(word) : word))
		.join(' ');

/** "Free Space (GB)" of `freeSpaceGB`: Title Case, with a unit at the end in brackets. */
export function titleCase(identifier: string, spellings: Spellings = {}): string {
	const list = tokenize(identifier);
	const unit = list.length > 1 ? UNITS[list.at(-1) ?? ''] : undefined;
	const named = spelled(unit === undefined ? list : list.slice(0, -1), spellings);
	const text = named
		.map((word, index) => {
			if (word !== word.toLowerCase()) return inTitle(word);
			const edge = index === 0 || index === named.length - 1;
			return SMALL.has(word) && !edge ? word : word.replace(/(?<![^ -])[a-z]/g, upper);
		})
		.join(' ');
	return unit === undefined ? text : `${text} (${unit})`;
}

const properNames = new WeakMap<Spellings, RegExp>();

/** Finds the proper names among the spellings. */
function properNamesOf(spellings: Spellings): RegExp {
	const known = properNames.get(spellings);
	if (known) return known;
	const proper = Object.values(spellings)
		.filter((name) => /[A-Z]/.test(name))
		.sort((a, b) => b.length - a.length)
		.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	const found = new RegExp(`(?<![\\w-])(${proper.join('|') || '(?!)'})(?![\\w-])`);
	properNames.set(spellings, found);
	return found;
}

/**
 * A title as part of a sentence: "Get Many VM Disks" -> "get many VM disks". Words with a capital
 * or digit inside (VM, vSphere) and proper names among the spellings stay.
 */
export function lowerCase(text: string, spellings: Spellings = {}): string {
	return text
		.split(properNamesOf(spellings))
		.map((part, index) => (index % 2 ? part : part.replace(/\b[A-Z][a-z]*\b(?![A-Z])/g, lowerWord)))
		.join('');
}

const lowerWord = (word: string): string =>
	word.length === 1 && word !== 'A' ? word : word.toLowerCase();

/** First letter upper-case, the rest as it is. */
export const sentenceCase = (text: string): string =>
	/^[a-z]+[A-Z]/.test(text) ? text : capitalised(text);

/** "a repository", "an encryption password", "an SMB share", "a VM". */
export function withArticle(noun: string): string {
	const letters = /^[A-Z]{2,}\b/.exec(noun)?.[0];
	const vowel = letters
		? /^[AEFHILMNORSX]/.test(letters)
		: /^((?!one)[aeio]|un(?!i)|u(?![ns][eis]))/i.test(noun);
	return `${vowel ? 'an' : 'a'} ${noun}`;
}

/** Plural of a noun phrase; what is plural already stays. */
export function plural(noun: string): string {
	if (/(?<!s)s$/.test(noun) && !/(us|is)$/.test(noun)) return noun;
	if (/[^aeiou]y$/.test(noun)) return noun.replace(/y$/, 'ies');
	return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
