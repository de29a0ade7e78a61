import type { DemoStack } from '../../demo/stack';
import { exampleNamed, executeFrom, statusOf } from './workflows';

/** The examples that mail the protection report, one for each product. */
const EXAMPLES = [
	{
		name: 'Daily protection report: Backup & Replication',
		product: 'Veeam Backup & Replication',
		rows: ['Backup - Exchange', 'Default Backup Repository'],
	},
	{
		name: 'Daily protection report: Microsoft 365',
		product: 'Veeam Backup for Microsoft 365',
		rows: ['Teams', 'Copy - Branch'],
	},
	{
		name: 'Daily protection report: all tenants',
		product: 'Veeam Service Provider Console',
		rows: ['Acme Bakery', 'Cedar Clinic'],
	},
];

export function protectionReportTests(stackOf: () => DemoStack): void {
	it.each(EXAMPLES)(
		'"$name" arrives: the verdict first, every form, and the rows as CSV',
		async ({ name, product, rows }) => {
			const stack = stackOf();
			const earlier = stack.mail.mails.length;

			const execution = await executeFrom(
				stack,
				exampleNamed(stack, name).id,
				'Every Morning at 7',
			);
			expect(await statusOf(stack, execution)).toBe('success');
			const { mail, recipients } = await stack.mail.waitFor(
				({ number }) => number > earlier,
				10_000,
			);

			expect(recipients).toEqual(['backup-team@example.com']);
			expect(mail.subject).toMatch(/\d+ jobs? failed/);
			for (const form of [mail.html!, mail.text!]) {
				expect(form).toMatch(/\d+ jobs? failed/);
				for (const row of [product, ...rows]) expect(form.replaceAll('&amp;', '&')).toContain(row);
			}
			expect(mail.html!.length).toBeLessThan(100_000);
			expect(mail.html!).not.toMatch(/<script|<img|<link/i);
			const [csv, ...more] = mail.attachments!;
			expect(more).toEqual([]);
			expect(csv!.filename).toMatch(/^protection-report-\d{4}-\d\d-\d\d\.csv$/);
			const table = Buffer.from(csv!.content as never).toString('utf8');
			for (const row of rows) expect(table).toContain(row);
		},
	);
}
