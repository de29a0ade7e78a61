export { connect } from './client';
export type { ClientSettings } from './settings';
