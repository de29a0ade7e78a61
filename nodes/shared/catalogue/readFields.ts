/**
 * What a reader of `model/` reads from one operation's answers. Each file of `model/` exports its
 * readers' list as `reads`; test/unit/modelFields.test.ts holds it against every version of the
 * catalogue: a field that a version lacks needs a fallback.
 */
export interface ReadFields {
	/** `GET /api/v1/backupObjects`: method and path as the catalogue has them. */
	operation: string;
	/**
	 * Fields of one record (of an element for lists), nested ones with dots: `result.message`.
	 * Lists and maps on the way add nothing: `objects.name` is the name of each of `objects`.
	 */
	fields: string[];
	/** How the reader does without a field, by field: for each that a version lacks. */
	fallbacks?: Record<string, string>;
	/** How the reader does without the operation itself, where a version lacks it. */
	without?: string;
}
