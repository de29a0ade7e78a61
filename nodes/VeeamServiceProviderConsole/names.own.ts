import { apiRequestOperation } from '../shared/description/apiRequest';
import type { OwnOperation } from '../shared/description/names';

/** Operations that the catalogue does not hold. */
export const own: OwnOperation[] = [apiRequestOperation('/organizations/companies')];
