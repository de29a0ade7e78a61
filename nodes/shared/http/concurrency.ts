/**
 * Runs a task for each input, so many at a time, and gives the results in the order of the inputs.
 * The first failure is raised; tasks not begun by then are not begun.
 */
export async function inOrder<Input, Output>(
	inputs: readonly Input[],
	atOnce: number,
	task: (input: Input) => Promise<Output>,
): Promise<Output[]> {
	const outputs = new Array<Output>(inputs.length);
	let next = 0;
	let stopped = false;
	const worker = async () => {
		while (!stopped && next < inputs.length) {
			const index = next++;
			try {
				outputs[index] = await task(inputs[index] as Input);
			} finally {
				// No result: the task failed.
				stopped ||= !(index in outputs);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, worker));
	return outputs;
}
