import type { IDataObject } from 'n8n-workflow';

/** Why an object of a run failed, as items hold it. */
export interface RunReason extends IDataObject {
	/** The machine, share, mailbox …; the run itself where it names none. */
	object: string;
	/** Failed or Warning, as the server spells it. */
	result: string;
	reasons: string[];
}
