import type { INodeProperties } from 'n8n-workflow';

import { buildProperties } from '../shared/form/buildProperties';
import { adapter } from './api/adapter';
import { ownOperations } from './operations';
import { overlay } from './overlay';

export const properties = (): INodeProperties[] =>
	buildProperties(adapter.catalogue(), overlay, ownOperations);
