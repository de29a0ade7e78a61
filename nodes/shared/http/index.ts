export { connect } from './client';
export { ownPage } from './pages';
export { wherePagesGo } from './pagingPlacement';
export type { ClientSettings } from './settings';
