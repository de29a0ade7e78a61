import type { Certificate } from './certificate';
import { GenericAnswers } from './answers';
import { Clock } from './clock';
import { Collections } from './collections';
import { ExactAnswers } from './exactAnswers';
import { Faults } from './faults';
import { Generator } from './generate';
import { Operations, shapeOf } from './operations';
import type { Product, ProductFactory, Settings, User } from './product';
import { RecordKinds } from './recordKinds';
import { RequestLog } from './requestLog';
import { Tokens } from './tokens';
import { Validator } from './validate';

export interface SimulationOptions {
	/** Simulated seconds per real second. Default 1. */
	speed?: number;
	/** Of an access token. Default 900. */
	tokenLifetimeSeconds?: number;
	settings?: Partial<Settings>;
}

/** One simulated server with all its state. Everything can be put back to the start. */
export class Simulation {
	readonly log = new RequestLog();
	readonly faults = new Faults();
	clock!: Clock;
	settings!: Settings;
	tokens!: Tokens<User>;
	product!: Product;
	collections!: Collections;
	generic!: GenericAnswers;
	validator!: Validator;
	exact!: ExactAnswers;
	private shapes!: RegExp[];

	constructor(
		private readonly make: ProductFactory,
		private readonly options: SimulationOptions,
		private readonly certificate: Certificate,
	) {
		this.reset();
	}

	/** Estate, clock, tokens, settings, faults and log as they were at the start. */
	reset(): void {
		const { speed, tokenLifetimeSeconds, settings } = this.options;
		this.clock = new Clock(speed);
		this.tokens = new Tokens<User>(this.clock, tokenLifetimeSeconds);
		this.settings = {
			supportedVersions: [],
			sessionSeconds: 3,
			downloadBytes: 256 * 1024,
			latencyMilliseconds: 0,
			marksStates: false,
			...settings,
		};
		this.faults.clear();
		this.log.clear();
		const world = {
			clock: this.clock,
			settings: this.settings,
			tokens: this.tokens,
			certificate: this.certificate.cert,
			// Filled once the product has said which collections are its own.
			collections: undefined as unknown as Collections,
		};
		this.product = this.make(world);
		const { catalogue } = this.product;
		if (!this.settings.supportedVersions.length) {
			this.settings.supportedVersions = [...(this.product.versions ?? catalogue.versions)];
		}
		const operations = new Operations(catalogue);
		const kinds = new RecordKinds(this.product.answers, this.product.otherNames);
		const generator = new Generator(catalogue, kinds, () => this.clock.now(), this.product.values);
		this.collections = new Collections(
			operations,
			generator,
			kinds,
			this.product.collections,
			this.product.idFields,
		);
		world.collections = this.collections;
		this.generic = new GenericAnswers(operations, generator, kinds, this.product, this.settings);
		this.validator = new Validator(catalogue);
		this.exact = new ExactAnswers(this.product.answers, kinds);
		const prefixes = (this.product.prefixes ?? ['']).join('|');
		this.shapes ??= [...new Set(catalogue.operations.map(({ path }) => shapeOf(path)))].map(
			(shape) =>
				new RegExp(
					`^(${prefixes})${shape.replace(/[.]/g, '\\.').replace(/\{\}/g, '[^/]+')}/?$`,
					'i',
				),
		);
	}

	/** Whether any method is known for a path. */
	knowsPath(path: string): boolean {
		return this.shapes.some((shape) => shape.test(path));
	}
}
