import { serverReachability } from '../../shared/monitoring/serverReachability';
import type { TriggerProduct } from '../../shared/monitoring/types';
import { adapter } from '../api/adapter';

export const trigger: TriggerProduct = { adapter, events: [serverReachability] };
