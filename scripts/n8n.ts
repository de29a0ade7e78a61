/** Part of `npm test`: puts n8n into its cache once, before stages that run beside each other want it. */
import { installN8n } from '../demo/installN8n';

installN8n((line) => console.log(line)).catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
