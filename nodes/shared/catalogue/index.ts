export * from './read';
export * from './minimalValue';
export * from './knows';
export * from './stored';
export type { ReadFields } from './readFields';
export * from './leaves';
export * from './jsonKeys';
