/**
 * Loaded into n8n before n8n itself: ends it when the process that started it says so or is gone.
 * Plain JavaScript, because it runs inside n8n, where no TypeScript loader is. A message instead of
 * a signal, because Windows has no signal that a program can act upon.
 */
const { isMainThread } = require('node:worker_threads');

if (isMainThread && process.channel) {
	let stopping = false;
	const stop = () => {
		if (stopping) return;
		stopping = true;
		// n8n's own orderly shutdown; it also ends its task runner.
		process.emit('SIGTERM', 'SIGTERM');
		setTimeout(() => process.exit(1), 8_000).unref();
	};
	process.on('message', (message) => {
		if (message === 'stop') stop();
	});
	process.on('disconnect', stop);
	// A channel alone must not keep a process running that has nothing left to do.
	process.channel.unref();
}
