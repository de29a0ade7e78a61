/** What goes wrong with a request. */
export type FaultAction =
	/** This answer instead of the real one; the request has no effect. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** The connection breaks off without an answer. */
	| { kind: 'reset' }
	/** The request is carried out, then the connection breaks off: the client cannot know. */
	| { kind: 'resetAfter' }
	/** No answer ever comes. */
	| { kind: 'hang' }
	| { kind: 'delay'; milliseconds: number }
	| { kind: 'redirect'; location: string; status?: number }
	/** A web page where JSON was expected, as a proxy or a wrong port gives. */
	| { kind: 'html'; status?: number }
	/** JSON that ends in the middle. */
	| { kind: 'broken' }
	/** A page with so many items less than it should hold; the rest comes with the next. */
	| { kind: 'shortPage'; missing: number }
	/** A page whose total differs by so many from what was said before. */
	| { kind: 'changeTotal'; by: number };

export interface Fault {
	/** Any method where left out. */
	method?: string;
	/** Path with `*` for anything, e.g. `/api/v1/sessions*`; any where left out. */
	path?: string;
	/** Only requests with these query values, e.g. `{ "skip": "400" }`. */
	query?: Record<string, string>;
	/** Matching requests let through first. Default 0. */
	after?: number;
	/** How often. Default 1. */
	times?: number;
	action: FaultAction;
}

interface Armed extends Fault {
	passed: number;
	done: number;
}

/** Whether a text matches a pattern in which `*` stands for anything; case does not count. */
export function matchesPattern(text: string, pattern: string): boolean {
	const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${source.join('.*')}$`, 'is').test(text);
}

/** Faults waiting for their requests. */
export class Faults {
	private armed: Armed[] = [];

	add(fault: Fault): void {
		this.armed.push({ ...fault, passed: 0, done: 0 });
	}

	clear(): void {
		this.armed = [];
	}

	list(): readonly Fault[] {
		return this.armed;
	}

	/** The fault that hits this request, counted as used. */
	take(method: string, path: string, query: Record<string, unknown>): FaultAction | undefined {
		for (const fault of this.armed) {
			if (fault.done >= (fault.times ?? 1) || !fits(fault, method, path, query)) continue;
			if (fault.passed++ < (fault.after ?? 0)) continue;
			fault.done++;
			return fault.action;
		}
		return undefined;
	}
}

function fits(fault: Fault, method: string, path: string, query: Record<string, unknown>): boolean {
	if (fault.method && fault.method.toUpperCase() !== method) return false;
	if (fault.path && !matchesPattern(path, fault.path)) return false;
	return Object.entries(fault.query ?? {}).every(([name, value]) => String(query[name]) === value);
}
