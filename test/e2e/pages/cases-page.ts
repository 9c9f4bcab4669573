import type { Locator, Page } from '@playwright/test';

/** The list of cases, and the ways a study comes in. */
export class CasesPage {
  readonly page: Page;
  readonly list: Locator;
  readonly demo: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByTestId('case-list');
    this.demo = page.getByTestId('open-demo').or(page.getByTestId('bar-demo')).first();
  }

  async openDemo(): Promise<void> {
    await this.demo.click();
    await this.page.getByTestId('step-images').waitFor();
  }

  async open(row = 0): Promise<void> {
    await this.list.locator('tbody tr').nth(row).getByRole('button').first().click();
    await this.page.getByTestId('step-images').waitFor();
  }
}
