import { assessed } from '../../../nodes/shared/report/verdict';
import { badDay, goodDay } from './models';

describe('the verdict', () => {
	it('says that a good day is good', () => {
		expect(goodDay().verdict).toEqual({
			status: 'good',
			text: 'All is well: 11 jobs succeeded, all 2 repositories have space',
		});
	});

	it('names what is wrong, worst first', () => {
		expect(badDay().verdict).toEqual({
			status: 'bad',
			text: '2 jobs failed, 1 job missed its run, 2 objects without a recent restore point, 1 repository is offline, 1 repository is low, 2 findings, 1 license is expiring or used up, 1 job with warnings',
		});
	});

	it('says one and many as a person does', () => {
		const good = goodDay();
		expect(
			assessed({
				...good,
				counts: { ...good.counts, failed: 1, offlineRepositories: 2, missedRuns: 3 },
			}).verdict.text,
		).toBe('1 job failed, 3 jobs missed their run, 2 repositories are offline');
	});

	it('does not call a day good of which something could not be read', () => {
		const unavailable = [{ section: 'jobs' as const, reason: 'Jobs: access denied' }];
		expect(assessed({ ...goodDay(), unavailable }).verdict).toEqual({
			status: 'warning',
			text: 'Nothing wrong in what could be read',
		});
	});

	it('is only a warning where nothing is lost yet', () => {
		const good = goodDay();
		expect(assessed({ ...good, counts: { ...good.counts, warned: 2 } }).verdict).toEqual({
			status: 'warning',
			text: '2 jobs with warnings',
		});
	});
});
