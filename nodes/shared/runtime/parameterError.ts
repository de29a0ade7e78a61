/**
 * A parameter the user has to mend. Raised before anything is sent; the executor turns it into a
 * NodeOperationError of the item it belongs to.
 */
export class ParameterError extends Error {
	constructor(
		/** What happened, naming the field as the editor labels it. */
		message: string,
		/** How to fix it. */
		readonly description?: string,
	) {
		super(message);
		this.name = 'ParameterError';
	}
}
