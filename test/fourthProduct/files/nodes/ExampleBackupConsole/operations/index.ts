import { apiRequestOperation } from '../../shared/runtime/apiRequest';
import type { OwnOperation } from '../../shared/runtime/product';

export const ownOperations: readonly OwnOperation[] = [apiRequestOperation('/api/jobs', false)];
