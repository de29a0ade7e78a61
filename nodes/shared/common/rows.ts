import type { IDataObject } from 'n8n-workflow';
import { isObject } from './objects';

/** The elements of a list that are there: servers put `null` into lists. */
export const present = <T>(list: T[]): T[] =>
	list.filter((one) => one !== null && one !== undefined);

/** An element of a list as an item: an object as it is, anything else under `value`. */
export const toItem = (one: unknown): IDataObject =>
	isObject(one) ? one : { value: one as IDataObject[string] };
