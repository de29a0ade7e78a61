import type { ProductNames } from '../shared/description/names';
import { operations } from './names.operations';
import { resources } from './names.resources';

export const names: ProductNames = {
	pathPrefix: '/api/v1',
	omitted: [],
	resources,
	operations,
	spellings: {},
	labels: {},
	values: {},
	hints: {},
	pickers: [],
	own: [],
};
