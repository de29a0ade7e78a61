/** Something a person can put right: shown without a stack trace. */
export class DemoError extends Error {
	/**
	 * @param message what happened
	 * @param advice how to fix it
	 */
	constructor(
		message: string,
		readonly advice?: string,
	) {
		super(message);
		this.name = 'DemoError';
	}

	/** Both sentences, as the terminal shows them. */
	get text(): string {
		return this.advice ? `${this.message}\n${this.advice}` : this.message;
	}
}
