/**
 * What Slack refuses in a message, with its own error codes. Limits: docs.slack.dev, Block Kit
 * reference and chat.postMessage; the one of all blocks together is not documented, but reported
 * (slackapi/bolt-js issue 2509).
 */

/** A message as its sender gives it: to `chat.postMessage`, or to an incoming webhook. */
export interface SlackMessageBody {
	channel?: unknown;
	text?: unknown;
	blocks?: unknown;
	attachments?: unknown;
	[more: string]: unknown;
}

export interface Refusal {
	/** Slack's code: `invalid_blocks` */
	error: string;
	/** Where and what, as Slack lists it in `response_metadata.messages`. */
	messages: string[];
}

type Block = Record<string, unknown>;

const MAX_TEXT = 40_000;
const MAX_BLOCKS = 50;
/** Of all blocks of a message together, as JSON. */
const MAX_BLOCKS_LENGTH = 13_000;
const MAX_ATTACHMENTS = 100;

/** Which blocks a message may hold, and what each must be like. */
const BLOCKS: Record<string, (block: Block, at: string) => string[]> = {
	section: (block, at) =>
		block.text === undefined && block.fields === undefined
			? [`must define either fields or text [json-pointer:${at}]`]
			: [
					...(block.text === undefined ? [] : textObject(block.text, `${at}/text`, 3_000)),
					...list(block.fields, `${at}/fields`, 10).flatMap(({ item, pointer, fault }) =>
						fault ? [fault] : textObject(item, pointer, 2_000),
					),
				],
	header: (block, at) => textObject(block.text, `${at}/text`, 150, ['plain_text']),
	context: (block, at) => elements(block, at, 10),
	actions: (block, at) => elements(block, at, 25),
	image: ({ alt_text: alternative }, at) =>
		isText(alternative) ? [] : [`missing required field: alt_text [json-pointer:${at}]`],
	markdown: ({ text }, at) => length(text, `${at}/text`, 12_000),
	divider: () => [],
	rich_text: () => [],
	table: () => [],
	video: () => [],
	file: () => [],
	input: () => [],
};

/** Why Slack would not take this message; undefined when it would. */
export function refusalOf({ text, blocks, attachments }: SlackMessageBody): Refusal | undefined {
	const given = [text, blocks, attachments].some((part) =>
		Array.isArray(part) ? part.length > 0 : isText(part),
	);
	if (!given) return { error: 'no_text', messages: [] };
	if (typeof text === 'string' && text.length > MAX_TEXT) {
		return { error: 'msg_too_long', messages: [] };
	}
	if (Array.isArray(attachments) && attachments.length > MAX_ATTACHMENTS) {
		return { error: 'too_many_attachments', messages: [] };
	}
	if (blocks === undefined || blocks === null || blocks === '') return undefined;
	if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format', messages: [] };
	const faults = faultsOf(blocks);
	if (faults.length > 0) {
		return { error: 'invalid_blocks', messages: faults.map((fault) => `[ERROR] ${fault}`) };
	}
	if (JSON.stringify(blocks).length > MAX_BLOCKS_LENGTH) {
		return { error: 'msg_blocks_too_long', messages: [] };
	}
	return undefined;
}

function faultsOf(blocks: unknown[]): string[] {
	const ids = new Set<unknown>();
	return list(blocks, '/blocks', MAX_BLOCKS).flatMap(({ item, pointer, fault }) => {
		if (fault) return [fault];
		const block = (item ?? {}) as Block;
		const check = BLOCKS[String(block.type)];
		if (!check) return [`unsupported type: ${String(block.type)} [json-pointer:${pointer}/type]`];
		const id = block.block_id;
		const repeated = id !== undefined && ids.has(id);
		ids.add(id);
		return [
			...(repeated ? [`block_id must be unique [json-pointer:${pointer}/block_id]`] : []),
			...(id === undefined ? [] : length(id, `${pointer}/block_id`, 255)),
			...check(block, pointer),
		];
	});
}

function elements(block: Block, at: string, most: number): string[] {
	if (!Array.isArray(block.elements) || block.elements.length === 0) {
		return [`missing required field: elements [json-pointer:${at}]`];
	}
	return list(block.elements, `${at}/elements`, most).flatMap(({ fault }) => fault ?? []);
}

interface Entry {
	item?: unknown;
	pointer: string;
	/** The list itself is not in order. */
	fault?: string;
}

/** The items of a list with their place; or one entry with what is wrong with the list. */
function list(value: unknown, pointer: string, most: number): Entry[] {
	if (value === undefined) return [];
	if (!Array.isArray(value))
		return [{ pointer, fault: `must be an array [json-pointer:${pointer}]` }];
	if (value.length > most) {
		return [{ pointer, fault: `no more than ${most} items allowed [json-pointer:${pointer}]` }];
	}
	return value.map((item: unknown, at) => ({ item, pointer: `${pointer}/${at}` }));
}

function textObject(
	value: unknown,
	at: string,
	most: number,
	types = ['mrkdwn', 'plain_text'],
): string[] {
	if (value === null || typeof value !== 'object') {
		return [`must provide an object [json-pointer:${at}]`];
	}
	const { type, text } = value as Block;
	return types.includes(String(type))
		? length(text, `${at}/text`, most)
		: [`must be a valid enum value [json-pointer:${at}/type]`];
}

function length(text: unknown, at: string, most: number): string[] {
	if (!isText(text)) return [`must be more than 0 characters [json-pointer:${at}]`];
	return text.length > most
		? [`must be less than ${most + 1} characters [json-pointer:${at}]`]
		: [];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
