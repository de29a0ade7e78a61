import type {
	OperationOverlay,
	PickerNames,
	ProductOverlay,
	ResourceNames,
	SearchNames,
} from './overlay';

/** The JSON files of a product's overlay/, as TypeScript reads them. A new product needs the resources alone. */
export interface OverlayFiles {
	/** operations.json: by operation id, in the order of the catalogue. */
	operations?: Record<string, OperationOverlay>;
	/** resources.json: by resource value. */
	resources: Record<string, ResourceNames>;
	/** fields.json: what parameters, fields and their values are called, by API name. */
	fields?: Partial<Pick<ProductOverlay, 'spellings' | 'labels' | 'values' | 'hints'>> & {
		/** Regular expressions of API names. */
		serverOwned?: string[];
		/** Regular expressions of paths: see ProductOverlay. */
		everydayFields?: string[];
		/** Regular expressions of paths and fields: see ProductOverlay. */
		bytes?: string[];
	};
	/** pickers.json: lists to choose from. */
	pickers?: PickerNames[];
	/** everyday.json: operation ids in the order of use, under the reason why people come for them. */
	everyday?: Record<string, string[]>;
}

/** What of an overlay is no data of names: code, and what every path starts with. */
export type OverlayRest = Pick<
	ProductOverlay,
	'pathPrefix' | 'defaultResource' | 'scopes' | 'calledAs'
> & {
	/** What a product leaves out it does not have. */
	search?: Partial<SearchNames>;
	/** Resources that shared code brings along, such as API Request. */
	sharedResources: Record<string, ResourceNames>;
};

const NO_SEARCH: SearchNames = {
	filters: [],
	wildcard: '',
	orderColumn: '',
	orderAscending: '',
	timeColumn: '',
	nameColumn: '',
	timeField: '',
};

/** The overlay of a product, from its files and the rest. */
export function readOverlay(
	{ operations = {}, resources, fields = {}, pickers = [], everyday = {} }: OverlayFiles,
	{ sharedResources, search, ...rest }: OverlayRest,
): ProductOverlay {
	const { serverOwned, everydayFields, bytes, ...named } = fields;
	const patterns = (texts: string[] = []) => texts.map((text) => new RegExp(text));
	return {
		...rest,
		search: { ...NO_SEARCH, ...search },
		...{ spellings: {}, labels: {}, values: {}, hints: {} },
		...named,
		serverOwned: patterns(serverOwned),
		everydayFields: patterns(everydayFields),
		bytes: patterns(bytes),
		operations,
		resources: { ...resources, ...sharedResources },
		pickers,
		everyday: Object.values(everyday).flat(),
	};
}
