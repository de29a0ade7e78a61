import type { INodeProperties } from 'n8n-workflow';

import { buildProperties } from '../shared/form/buildProperties';
import { adapter } from './api/adapter';
import { ownOperations } from './operations';
import { overlay } from './overlay';

/**
 * The node's properties, fresh at every call. `npm run build` replaces this module by its result
 * (scripts/precompute.mjs): n8n loads every node at start, and building takes half a second.
 */
export const properties = (): INodeProperties[] =>
	buildProperties(adapter.catalogue(), overlay, ownOperations);
