import type { INodeProperties } from 'n8n-workflow';

import { triggerProperties } from '../../shared/monitoring/properties';
import { trigger } from './index';

/**
 * The trigger's properties, fresh at every call. `npm run build` replaces this module by its result
 * (scripts/precompute.mjs): n8n shows the form at start, and needs no event before a poll.
 */
export const properties = (): INodeProperties[] =>
	triggerProperties(trigger.events, ['jobSessionFinished']);
