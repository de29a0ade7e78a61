import type { IPollFunctions } from 'n8n-workflow';

import type { VeeamClient } from '../http/types';
import type { Deadline } from './deadline';
import type { TriggerProduct } from './types';

/** What all events of one poll share. */
export interface PollSetup {
	context: IPollFunctions;
	client: VeeamClient;
	product: TriggerProduct;
	now: () => number;
	deadline: Deadline;
	/** Workflow and node: the same from poll to poll. */
	trigger: string;
}
