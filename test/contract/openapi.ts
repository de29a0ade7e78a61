/** The parts of an OpenAPI 3.0 document that the preparation touches. */
export interface Schema {
	$ref?: string;
	type?: string;
	format?: unknown;
	enum?: unknown[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	allOf?: Schema[];
	oneOf?: Schema[];
	anyOf?: Schema[];
	not?: Schema;
	if?: Schema;
	then?: Schema;
	else?: Schema;
	additionalProperties?: boolean | Schema;
	discriminator?: { propertyName: string; mapping?: Record<string, string> };
	nullable?: boolean;
	readOnly?: boolean;
	description?: string;
	[keyword: string]: unknown;
}

export interface MediaType {
	schema?: Schema;
	[keyword: string]: unknown;
}

export interface OpenApiOperation {
	parameters?: Array<{ $ref?: string; name?: string; in?: string; schema?: Schema }>;
	requestBody?: { $ref?: string; content?: Record<string, MediaType>; required?: boolean };
	responses?: Record<string, { $ref?: string; content?: Record<string, MediaType> }>;
	security?: unknown[];
	[keyword: string]: unknown;
}

export interface OpenApi {
	openapi: string;
	servers?: Array<{ url: string }>;
	paths: Record<string, Record<string, OpenApiOperation>>;
	components: {
		schemas: Record<string, Schema>;
		requestBodies?: Record<string, NonNullable<OpenApiOperation['requestBody']>>;
		[part: string]: unknown;
	};
}

export const SCHEMAS = '#/components/schemas/';

/** `#/components/schemas/Name` -> `Name` */
export const nameOf = (reference: string): string => reference.split('/').pop() ?? reference;
