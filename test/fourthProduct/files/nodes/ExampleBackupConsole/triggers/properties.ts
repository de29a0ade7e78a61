import { triggerProperties } from '../../shared/monitoring/properties';
import { trigger } from './index';

export const properties = () => triggerProperties(trigger.events, ['serverReachability']);
