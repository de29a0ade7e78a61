import type { ProductKey } from '../../../nodes/products';
import type { SimulatorOptions } from '../../../simulator';
import { connected as vbr } from './client';
import type { HttpsClient } from './https';
import { connected as vb365 } from './vb365.client';
import { connected as vspc } from './vspc.client';

type Connected = HttpsClient & { simulator: { url: string; close(): Promise<void> } };

/** A fresh simulator with an administrator logged in, by product. */
export const CONNECTED: Record<ProductKey, (options?: SimulatorOptions) => Promise<Connected>> = {
	vbr,
	vb365,
	vspc,
};
