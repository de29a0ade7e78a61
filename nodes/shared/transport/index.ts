export { connect } from './client';
export { wherePagesGo } from './pageIn';
export type { ClientSettings } from './settings';
