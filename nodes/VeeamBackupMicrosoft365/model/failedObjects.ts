import type { RunReason } from '../../shared/monitoring/finishedRuns';

/** A line of a session's log that says what went wrong. */
export interface LogLine {
	/** Failed or Warning. */
	result: string;
	message: string;
}

/**
 * What a line is about, told by its beginning: `Processing Ada Winter: …`, `Failed to process site:
 * https://… . …`. The log has no field for it.
 */
const ABOUT =
	/^(?:Processing|Failed to (?:process|back ?up))\s+(?:(?:mailbox|archive mailbox|OneDrive|site|personal site|team|group|user)\b:?\s+)?(?<object>\S.*?)(?:\s+failed(?:\s+with\s+error)?:\s+|:\s+|\s*\.\s+)(?<reason>\S.*)$/s;

/** Characters of a line that are looked at: the server's text is cut before a pattern reads it. */
const LONGEST = 2_000;

/**
 * The lines by object, in the order of the log; those that name none belong to the job.
 *
 * @param job its name
 */
export function failedObjects(lines: LogLine[], job: string): RunReason[] {
	const found = new Map<string, RunReason>();
	for (const { result, message: whole } of lines) {
		const message = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
		const { object = job, reason = message } = ABOUT.exec(message)?.groups ?? {};
		const known = found.get(object) ?? { object, result, reasons: [] };
		if (!known.reasons.includes(reason)) known.reasons.push(reason);
		found.set(object, known);
	}
	return [...found.values()];
}
