import { apiRequestResource } from '../shared/description/apiRequest';
import type { ProductNames } from '../shared/description/names';
import { reportResource } from '../shared/report/options';
import { descriptions } from './names.descriptions';
import { hints, labels, serverOwned, spellings, values } from './names.fields';
import { operations } from './names.operations';
import { own } from './names.own';
import { pickers } from './names.pickers';
import { resources } from './names.resources';

/** How Veeam Service Provider Console calls things. */
export const names: ProductNames = {
	pathPrefix: '',
	omitted: [],
	defaultResource: 'company',
	resources: { ...resources, apiRequest: apiRequestResource, report: reportResource },
	operations,
	descriptions,
	spellings,
	labels,
	values,
	hints,
	pickers,
	serverOwned,
	search: {
		filters: [],
		wildcard: '',
		orderColumn: '',
		orderAscending: '',
		timeColumn: '',
		nameColumn: '',
		timeField: 'creationTime',
	},
	own,
};
