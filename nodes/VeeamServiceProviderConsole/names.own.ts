import { apiRequestOperation } from '../shared/description/apiRequest';
import type { OwnOperation } from '../shared/description/names';

/** Operations that the catalogue does not hold. */
export const own: OwnOperation[] = [
	// Async actions are followed in any case: there is no other work to wait for.
	apiRequestOperation('/organizations/companies', false),
];
