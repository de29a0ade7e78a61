import type { IDataObject } from 'n8n-workflow';

/** Whether something is an object with fields: no list, no null. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object that a server sent; one without fields where it sent something else. */
export const objectOf = (value: unknown): IDataObject => (isObject(value) ? value : {});

/** The objects of a list; none where it is no list. */
export const objectsIn = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];
