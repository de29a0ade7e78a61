export * from './read';
export * from './skeleton';
