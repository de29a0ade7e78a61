import type { IExecuteFunctions } from 'n8n-workflow';

import type { VeeamClient } from '../http/types';
import type { Product } from './product';

/** One input item on its way: what every step of the execution needs. */
export interface Call {
	context: IExecuteFunctions;
	client: VeeamClient;
	product: Product;
	itemIndex: number;
}
