import { expect, type Locator, type Page } from '@playwright/test';

/** The course of a case: lesion table, treatment, outcome. */
export class CoursePage {
  readonly page: Page;
  readonly table: Locator;

  constructor(page: Page) {
    this.page = page;
    this.table = page.getByTestId('lesion-table');
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: 'Course' }).click();
    await this.table.waitFor();
  }

  cell(lesion: string, kind: 'whole' | 'enhancing', point: string): Locator {
    return this.page.getByRole('textbox', { name: `${lesion}, ${kind}, ${point}`, exact: true });
  }

  response(followUp: number, criterion: 'recist-1.1' | 'mrecist'): Locator {
    return this.page.getByTestId(`response-${followUp}-${criterion}`);
  }

  async baselineDay(): Promise<string> {
    const text = await this.page.getByTestId('time-point-0').innerText();
    return /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
  }

  async addCycle(day: string, given: string): Promise<void> {
    await this.page.getByTestId('new-cycle').click();
    await this.page.getByTestId('cycle-date').fill(day);
    await this.page.getByTestId('given-0').fill(given);
    await this.page.getByTestId('save-cycle').click();
    await expect(this.page.getByTestId('save-cycle')).toBeHidden();
  }

  async addFollowUp(day: string): Promise<void> {
    await this.page.getByTestId('new-follow-up').click();
    await this.page.getByTestId('time-point-date').fill(day);
    await this.page.getByTestId('save-time-point').click();
    await expect(this.page.getByTestId('save-time-point')).toBeHidden();
  }

  async confirm(followUp: number, criterion: 'recist-1.1' | 'mrecist'): Promise<void> {
    await this.response(followUp, criterion).click();
    await this.page.getByTestId('confirm-response').click();
    await expect(this.response(followUp, criterion)).toHaveClass(/confirmed/);
  }
}
