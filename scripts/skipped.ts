/** Begins the line that says what a stage of `npm test` could not do, and why: see scripts/stages.mjs. */
export const SKIPPED = 'SKIPPED:';
