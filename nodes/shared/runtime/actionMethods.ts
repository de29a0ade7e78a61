import type { INodeProperties } from 'n8n-workflow';

import { loadOptionsMethods } from '../form/dynamicOptions';
import { choiceMethods } from './choiceMethods';
import type { ListSource } from './listSearch';
import { listSearchMethods } from './listSearchMethods';
import { resourceMappingMethods } from './resourceMappingMethods';

/**
 * What the editor asks an action node for: lists to pick from, long dropdowns, the fields of an update.
 *
 * @param product is not asked for before a method is called: n8n wants the names of the methods at its
 * start, and most of them are never called
 * @param properties of the node: they name the methods
 */
export function actionMethods(product: () => ListSource, properties: INodeProperties[]) {
	const source: ListSource = {
		get adapter() {
			return product().adapter;
		},
		get overlay() {
			return product().overlay;
		},
	};
	const sources = {
		get catalogue() {
			return source.adapter.catalogue();
		},
		get overlay() {
			return source.overlay;
		},
	};
	return {
		listSearch: listSearchMethods(source, properties),
		loadOptions: {
			...loadOptionsMethods(sources, properties),
			...choiceMethods(source, properties),
		},
		resourceMapping: resourceMappingMethods(source),
	};
}
