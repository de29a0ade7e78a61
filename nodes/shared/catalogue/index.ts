export * from './read';
export * from './minimalValue';
