import { sleep } from 'n8n-workflow';

/** How patient a client is. Tests shorten it. All times in seconds. */
export interface ClientSettings {
	/** How long the server may be silent: for a JSON read (each page anew). */
	readTimeout: number;
	/** … for a change: some are done before they are answered. */
	writeTimeout: number;
	/** … for a file, up or down. */
	fileTimeout: number;
	/** For a login and what a credential test asks, however busily the server sends. */
	loginTimeout: number;
	/** How long the whole of a JSON answer may take, however busily the server sends. */
	longestAnswer: number;
	/** Repetitions of one request after the first try. */
	repeats: number;
	/** First pause before a repetition; doubles each time. */
	firstPause: number;
	longestPause: number;
	/** All pauses of one request together, those the server asks for included. */
	pauseBudget: number;
	/** Pages under way at the same time. Each is a TLS handshake: more does not help. */
	pagesAtOnce: number;
	/** First pause between two looks at running work; grows by half each time. */
	firstPoll: number;
	longestPoll: number;
	/** How long running work may be out of sight (server restarting) before waiting fails. */
	pollPatience: number;
	/** Pauses for so many milliseconds. */
	sleep(milliseconds: number): Promise<void>;
	/** Milliseconds since 1970. */
	now(): number;
	/** 0 to 1. */
	random(): number;
}

export const DEFAULT_SETTINGS: ClientSettings = {
	readTimeout: 60,
	writeTimeout: 300,
	fileTimeout: 600,
	loginTimeout: 60,
	longestAnswer: 300,
	repeats: 4,
	firstPause: 1,
	longestPause: 30,
	pauseBudget: 120,
	pagesAtOnce: 3,
	firstPoll: 2,
	longestPoll: 15,
	pollPatience: 300,
	sleep,
	now: () => Date.now(),
	random: () => Math.random(),
};
