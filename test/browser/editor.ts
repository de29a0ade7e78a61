import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { OWNER } from '../../demo/n8nApi';

/** Pixels above the list of actions in the node panel: n8n's bar, the node's name. */
const PANEL_HEAD = 250;

/** n8n's editor as a person sees it. Finds things by n8n 2.41's own test ids. */
export class Editor {
	private pictures = 0;

	/**
	 * @param address of n8n
	 * @param artifacts folder for screenshots
	 */
	constructor(
		readonly page: Page,
		private readonly address: string,
		private readonly artifacts: string,
	) {
		page.setDefaultTimeout(40_000);
	}

	at(testId: string, within: Page | Locator = this.page): Locator {
		return within.locator(`[data-test-id="${testId}"]`);
	}

	/** Numbered in the order taken; without n8n's passing notices, which cover the output. */
	async picture(name: string): Promise<void> {
		const number = String(++this.pictures).padStart(2, '0');
		const file = name
			.toLowerCase()
			.replace(/[^a-z]+/g, '-')
			.slice(0, 60);
		await this.page.screenshot({
			path: join(this.artifacts, `${number}-${file}.png`),
			style: '.el-notification { visibility: hidden }',
		});
	}

	async logIn(): Promise<void> {
		// n8n's first page takes its time on a busy machine.
		await this.page.goto(`${this.address}/signin`, { timeout: 240_000 });
		await this.at('emailOrLdapLoginId').locator('input').fill(OWNER.email);
		await this.at('password').locator('input').fill(OWNER.password);
		await this.at('form-submit-button').click();
		await this.page.waitForURL(/\/home\//);
	}

	/** An empty canvas. */
	async newWorkflow(): Promise<void> {
		if (!this.isAtWorkflow()) return await this.newWorkflowAfresh();
		await this.leave();
		await this.go('/workflow/new');
		await this.at('canvas-add-button').waitFor();
	}

	/** An empty canvas in an editor that was loaded anew, as by its address: it has read nothing yet. */
	async newWorkflowAfresh(): Promise<void> {
		await this.page.goto(`${this.address}/workflow/new`);
		await this.at('canvas-add-button').waitFor();
	}

	/**
	 * Opens a stored workflow by its address: the editor is loaded anew. Inside an open editor n8n may go back
	 * to what was open before, to save it.
	 */
	async open(workflowId: string): Promise<void> {
		await this.page.goto(`${this.address}/workflow/${workflowId}`);
		await this.at('canvas-node').first().waitFor();
	}

	/** Whether a workflow is open. After the login n8n is still busy with its own first page. */
	private isAtWorkflow(): boolean {
		return new URL(this.page.url()).pathname.startsWith('/workflow/');
	}

	/** Closes the open workflow: what stood on its canvas would pass for the next one's. */
	private async leave(): Promise<void> {
		await this.go('/home/workflows');
		// n8n asks where it has not saved yet what was done last.
		const leave = this.page.getByRole('button', { name: 'Leave without saving' });
		await this.page.waitForFunction(
			`!document.querySelector('[data-test-id="canvas"]') || /Leave without saving/.test(document.body.innerText)`,
		);
		if (await leave.isVisible()) await leave.click();
		await this.at('canvas').waitFor({ state: 'detached' });
	}

	/** Goes to another page of n8n as the Back button does, which loads nothing anew. */
	private async go(path: string): Promise<void> {
		await this.page.evaluate(
			`history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
		);
	}

	/** The names on the canvas, from left to right as they are connected. */
	async nodeNames(): Promise<string[]> {
		const nodes = await this.at('canvas-node').evaluateAll((elements) =>
			elements
				.map((element) => ({
					name: element.getAttribute('data-node-name') ?? '',
					type: element.getAttribute('data-node-type') ?? '',
					left: element.getBoundingClientRect().left,
				}))
				.filter(({ type }) => !type.endsWith('stickyNote'))
				.sort((one, other) => one.left - other.left),
		);
		return nodes.map(({ name }) => name);
	}

	/** How many nodes on the canvas carry a warning: unknown, or something left open. */
	async nodesWithIssues(): Promise<number> {
		return await this.at('node-issues').count();
	}

	/** Opens the node panel by its key and finds a node there. Leaves its actions open. */
	async findNode(name: string): Promise<void> {
		await this.page.keyboard.press('n');
		await this.openNode(name);
	}

	/** Finds a node in the open node panel. Leaves its actions open. */
	async openNode(name: string): Promise<void> {
		await this.clickNode(name);
		await this.actions.waitFor();
	}

	/**
	 * Finds a node in the open node panel and clicks it. The list is drawn again while one searches: an entry
	 * that went away under the mouse is looked for once more.
	 * @returns when it was clicked, as `performance.now()` has it
	 */
	private async clickNode(name: string): Promise<number> {
		for (let tries = 1; ; tries++) {
			await this.at('node-creator-search-bar').fill(name);
			const entry = this.at('node-creator-item-name').getByText(name, { exact: true }).first();
			await entry.waitFor();
			const began = performance.now();
			try {
				await entry.click({ timeout: 10_000 });
				return began;
			} catch (error) {
				if (tries === 3) throw error;
			}
		}
	}

	/** The heading above them. */
	private get actions(): Locator {
		return this.page.getByText(/^Actions \(\d+\)$/);
	}

	/** Opens them: on an empty canvas the list of a node that has a trigger opens at its triggers. */
	async openActions(): Promise<void> {
		if ((await this.page.getByText(/^Triggers \(\d+\)/).count()) > 0) await this.actions.click();
	}

	/** Closes the form of a credential. */
	async closeCredential(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.at('credential-save-button').waitFor({ state: 'hidden' });
	}

	/** An entry in the list of actions of the open node. */
	action(text: string): Locator {
		return this.at('item-iterator-item')
			.locator('[draggable]')
			.filter({ has: this.page.getByText(text, { exact: true }) });
	}

	/** Adds a node without actions to an empty canvas. */
	async addFirst(name: string): Promise<void> {
		await this.at('canvas-add-button').click();
		await this.clickNode(name);
		await this.at('canvas-node').first().waitFor();
	}

	/**
	 * Turns the mouse's wheel over the open list of actions until an action is in sight.
	 * @returns on which screen of the list it is: 1 where nothing had to be turned
	 */
	async scrollTo(action: string): Promise<number> {
		const { width, height } = this.page.viewportSize()!;
		const entry = this.action(action).first();
		await entry.waitFor({ state: 'attached' });
		await this.page.mouse.move(width - 100, height - 100);
		const list = height - PANEL_HEAD;
		for (let screen = 1; screen <= 100; screen++) {
			const box = await entry.boundingBox();
			if (box && box.y + box.height <= height) return screen;
			await this.page.mouse.wheel(0, list);
			await this.page.waitForTimeout(50);
		}
		throw new Error(`"${action}" is not among the first hundred screens`);
	}

	/** What is chosen in a dropdown of the open form. */
	async chosen(parameter: string): Promise<string> {
		return await this.at(`parameter-input-${parameter}`).locator('input').first().inputValue();
	}

	/**
	 * Adds a node by one of its actions to the open workflow, which has a trigger, and closes its form again.
	 * @returns milliseconds until the actions of the node are listed, and until the form is open
	 */
	async timeAction(node: string, name: string): Promise<{ panel: number; form: number }> {
		await this.page.keyboard.press('n');
		const began = await this.clickNode(node);
		await this.actions.waitFor();
		const panel = performance.now() - began;
		const action = this.action(name).first();
		await action.scrollIntoViewIfNeeded();
		const clicked = performance.now();
		await action.click();
		await this.at('parameter-input-operation').waitFor();
		const form = performance.now() - clicked;
		await this.page.keyboard.press('Escape');
		await this.at('ndv').waitFor({ state: 'hidden' });
		return { panel, form };
	}

	/** Drags an action from the node panel onto the canvas, where its form opens. */
	async dragOntoCanvas(action: string): Promise<void> {
		const entry = this.action(action);
		if (!(await entry.count())) await this.openActions();
		await entry.scrollIntoViewIfNeeded();
		await entry.dragTo(this.at('canvas'), { targetPosition: { x: 420, y: 300 } });
		await this.at('ndv').waitFor();
	}

	/**
	 * Picks from a dropdown of the open form. While its choices are loaded it does not open: it is
	 * clicked again until it does.
	 */
	async choose(parameter: string, option: string): Promise<void> {
		const entry = this.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ has: this.page.getByText(option, { exact: true }) });
		// The first click is never left out: entries of a dropdown that closes can still be seen. One that is
		// drawn again under the mouse is opened once more.
		for (let clicks = 1; ; clicks++) {
			await this.at(`parameter-input-${parameter}`).click();
			try {
				await entry.waitFor({ timeout: 6_000 });
				await entry.click({ timeout: 10_000 });
				return;
			} catch (error) {
				if (clicks === 6) throw error;
			}
		}
	}

	/** Opens the section of triggers in the node panel, where it is closed. */
	async openTriggers(): Promise<void> {
		const heading = this.page.getByText(/^Triggers \(\d+\)$/);
		await heading.waitFor();
		const open = await this.at('item-iterator-item').count();
		if (open === 0) await heading.click();
	}

	/** Adds a trigger for an event from the node panel; its form opens. */
	async addTrigger(event: string): Promise<void> {
		const entry = this.at('item-iterator-item').filter({ hasText: event }).first();
		await entry.click();
		await this.at('ndv').waitFor();
	}

	/** What is picked in a multi-select of the open form. */
	async picked(parameter: string): Promise<string[]> {
		const tags = this.at(`parameter-input-${parameter}`).locator('.el-tag');
		return (await tags.allInnerTexts()).map((text) => text.trim());
	}

	/** Picks one more in a multi-select of the open form. */
	async pickAlso(parameter: string, option: string): Promise<void> {
		await this.choose(parameter, option);
		// A multi-select stays open, over much of the form, until something else is clicked: the title bar.
		await this.page.mouse.click(560, 44);
	}

	/** The fields that the open form shows for an event, without the event's name. */
	async fieldsOf(label: string): Promise<string[]> {
		const lines = (await this.at('ndv').innerText()).split('\n').map((line) => line.trim());
		return lines
			.filter((line) => line.startsWith(`${label}: `))
			.map((line) => line.slice(label.length + 2));
	}

	/** Clicks a button of the open form by what it says: Add Filter, Add Condition. */
	async press(button: string): Promise<void> {
		await this.at('ndv').getByText(button, { exact: true }).click();
	}

	/** Adds a field to the resource mapper of the open form. */
	async addField(label: string): Promise<void> {
		const add = this.at('add-fields-select').getByRole('button');
		await add.scrollIntoViewIfNeeded();
		await add.click();
		const entry = this.page.getByRole('menuitem', { name: label, exact: true });
		await entry.scrollIntoViewIfNeeded();
		await this.picture('fields-offered');
		await entry.click();
	}

	/** A field of the resource mapper by its label. */
	private mappedField(label: string): Locator {
		const named = this.page.locator('label').getByText(label, { exact: true });
		return this.at('mapping-fields-container').locator('.parameter-item').filter({ has: named });
	}

	/** Types into a field of the resource mapper, and leaves it (see `fill`). */
	async typeMappedField(label: string, text: string): Promise<void> {
		const input = this.mappedField(label).locator('input, textarea').last();
		await input.fill(text);
		await input.blur();
	}

	/** Picks from a dropdown of the resource mapper the entry whose text is this, or has it in it. */
	async chooseMappedField(label: string, option: string | RegExp): Promise<void> {
		await this.mappedField(label).locator('.el-select').click();
		const entry = this.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ has: this.page.getByText(option, { exact: true }) });
		await entry.waitFor();
		await this.picture(`choices ${label}`);
		await entry.click();
	}

	/** Throws a switch of the resource mapper. */
	async switchMappedField(label: string): Promise<void> {
		await this.mappedField(label).locator('.el-switch').click();
	}

	/** Adds a field from the collection of the open form: Additional Fields. */
	async addOption(label: string): Promise<void> {
		const add = this.at('collection-parameter-add');
		await add.scrollIntoViewIfNeeded();
		await add.click();
		await this.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ has: this.page.getByText(label, { exact: true }) })
			.click();
	}

	/** The input of the only field that was added to the resource mapper. */
	private mapped(): Locator {
		return this.at('mapping-fields-container').locator('input, textarea').last();
	}

	/** What stands in the only field of the resource mapper. */
	async mappedValue(): Promise<string> {
		return await this.mapped().inputValue();
	}

	/** Types into the only field of the resource mapper, and leaves it (see `fill`). */
	async typeMapped(text: string): Promise<void> {
		await this.mapped().fill(text);
		await this.mapped().blur();
	}

	/** Throws the switch that is the only field of the resource mapper. */
	async switchMapped(): Promise<void> {
		await this.at('mapping-fields-container').locator('.el-switch').last().click();
	}

	/** Throws a switch of the open form. */
	async toggle(parameter: string): Promise<void> {
		const field = this.at(`parameter-input-${parameter}`).locator('.el-switch');
		await field.scrollIntoViewIfNeeded();
		await field.click();
	}

	/** Types into a plain field of the open form, and leaves it (see `fill`). */
	async type(parameter: string, text: string): Promise<void> {
		const input = this.at(`parameter-input-${parameter}`).locator('input, textarea').last();
		await input.fill(text);
		await input.blur();
	}

	/** Opens "From List" of a locator and gives back what it lists for a search. */
	async searchList(parameter: string, text: string): Promise<string[]> {
		await this.at('rlc-input', this.at(`resource-locator-${parameter}`)).click();
		await this.at('rlc-item').first().waitFor();
		const all = await this.at('rlc-item').allInnerTexts();
		await this.at('rlc-search').fill(text);
		// The search goes to the server; the list changes when it has answered.
		const deadline = Date.now() + 40_000;
		for (let found = 0; found === 0 || found >= all.length; ) {
			if (Date.now() > deadline) throw new Error(`The list did not change for "${text}"`);
			await this.page.waitForTimeout(100);
			found = await this.at('rlc-item').count();
		}
		return (await this.at('rlc-item').allInnerTexts()).map((label) => label.trim());
	}

	/** From List, By ID: the ways in which a locator takes its value. */
	async chooseMode(parameter: string, mode: string): Promise<void> {
		await this.at('rlc-mode-selector', this.at(`resource-locator-${parameter}`)).click();
		await this.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ hasText: new RegExp(`^\\s*${mode}\\s*$`, 'i') })
			.click();
	}

	/** Fills in a locator by ID. */
	async fill(parameter: string, text: string): Promise<void> {
		const input = this.at(`resource-locator-${parameter}`)
			.locator('input[type="text"], input')
			.last();
		await input.fill(text);
		// Leaving the field redraws the form; a click that leaves it by itself was seen to get lost.
		await input.blur();
	}

	/** Executes the open node, which is to fail. Gives back what the output panel says. */
	async executeInVain(): Promise<{ message: string; description: string }> {
		const panel = this.at('output-panel');
		const error = this.at('node-error-message', panel);
		// n8n takes over what was typed a moment later, and a click in that moment gets lost.
		for (let attempt = 0; attempt < 3 && !(await error.isVisible()); attempt++) {
			await this.at('node-execute-button').click();
			await error.waitFor({ timeout: 5000 }).catch(() => {});
		}
		const message = await error.innerText();
		return { message, description: await this.at('node-error-description', panel).innerText() };
	}

	/** Executes the open node. Gives back its output as the table shows it: by column. */
	async execute(): Promise<Record<string, string[]>> {
		// What a run before has left is shown until this one has begun.
		const begun = this.page.waitForResponse(/\/workflows\/[^/]+\/run/);
		await this.at('node-execute-button').click();
		await begun;
		await this.at('node-run-status-success').waitFor();
		return await this.output();
	}

	async output(): Promise<Record<string, string[]>> {
		const panel = this.at('output-panel');
		await this.at('radio-button-table', panel).click();
		const table = this.at('ndv-data-container', panel).locator('table');
		await table.waitFor();
		const heads = await table.locator('thead th').allInnerTexts();
		const rows = await table
			.locator('tbody tr')
			.evaluateAll((lines) =>
				lines.map((line) => [...line.querySelectorAll('td')].map((cell) => cell.innerText.trim())),
			);
		return Object.fromEntries(
			heads.map((head, at) => [head.trim(), rows.map((row) => row[at] ?? '')]),
		);
	}
}
