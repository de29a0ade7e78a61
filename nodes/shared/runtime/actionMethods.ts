import type { INodeProperties } from 'n8n-workflow';

import { loadOptionsMethods } from '../form/dynamicOptions';
import type { ProductOverlay } from '../form/overlay';
import type { ProductAdapter } from '../http/types';
import { choiceMethods } from './choiceMethods';
import { listSearchMethods } from './listSearchMethods';
import { resourceMappingMethods } from './resourceMappingMethods';

/**
 * What the editor asks an action node for: lists to pick from, long dropdowns, the fields of an update.
 *
 * @param properties of the node: they name the methods
 */
export const actionMethods = (
	{ adapter, overlay }: { adapter: ProductAdapter; overlay: ProductOverlay },
	properties: INodeProperties[],
) => ({
	listSearch: listSearchMethods({ adapter, overlay }, properties),
	loadOptions: {
		...loadOptionsMethods(
			{
				// Read when a dropdown is opened, not when n8n starts.
				get catalogue() {
					return adapter.catalogue();
				},
				overlay,
			},
			properties,
		),
		...choiceMethods({ adapter, overlay }, properties),
	},
	resourceMapping: resourceMappingMethods({ adapter, overlay }),
});
