import { temporaryFolder } from './temporaryFolder';

/**
 * Import this before n8n-core: merely importing n8n-core writes `$N8N_USER_FOLDER/.n8n/config`,
 * which must not be the user's own. Also keeps n8n quiet and off the network.
 */
process.env.N8N_USER_FOLDER ??= temporaryFolder('user');
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED ??= 'false';
process.env.N8N_RUNNERS_ENABLED ??= 'false';
