/** Names of fields whose value must not be read over a shoulder; the n8n lint knows the first of them, too. */
const SECRET =
	/password|secret|token|passphrase|privateKey|apiKey|accessKey|sharedKey|recoveryKey|authCode|verificationCode|applicationCertificate/i;

/** Whether a name sounds like a secret: what is typed there is not shown. */
export const soundsSecret = (name: string): boolean => SECRET.test(name);

/** Whether a field holds a secret by its name; what names one by its ID or describes it is none. */
export const isSecretName = (name: string): boolean =>
	soundsSecret(name) && !/(Ids?|Uids?|Hint|Type|Tag|Name|Length|Enabled)$/.test(name);
