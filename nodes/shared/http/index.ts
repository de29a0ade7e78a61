export { connect } from './client';
export { wherePagesGo } from './pagingPlacement';
export type { ClientSettings } from './settings';
