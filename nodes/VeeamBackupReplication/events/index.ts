import { serverReachability } from '../../shared/polling/reach';
import type { TriggerProduct } from '../../shared/polling/types';
import { adapter } from '../adapter';
import { repositoryStateChanged } from './repositoryStateChanged';
import { sessionFinished } from './sessionFinished';

/** What the trigger can look for; each event is one file. */
export const trigger: TriggerProduct = {
	adapter,
	events: [sessionFinished, repositoryStateChanged, serverReachability],
};
