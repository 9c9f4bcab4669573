import { expect, type Page } from '@playwright/test';

/** Reader studies: their list, the dialog of a new one, and reading. */
export class ReadersPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').first().getByRole('link', { name: 'Evidence' }).click();
    await this.page.getByTestId('reader-studies').click();
    await expect(this.page.getByTestId('new-reader-study')).toBeVisible();
  }

  /** The first cases of the list are chosen by hand. */
  async begin({ name, cases }: { name: string; cases: number }): Promise<void> {
    await this.page.getByTestId('new-reader-study').click();
    await this.page.getByTestId('study-name').fill(name);
    await this.page.getByTestId('which-chosen').check();
    for (let index = 0; index < cases; index++) {
      await this.page.getByTestId('study-case').nth(index).getByRole('checkbox').check();
    }
    await this.page.getByTestId('begin-study').click();
    await expect(this.page.getByTestId('reader-study')).toContainText(name);
  }

  async read(): Promise<void> {
    await this.page.getByTestId('study-read').click();
    await expect(this.page.getByTestId('reading-alias')).toBeVisible();
  }

  /** A reading by keys: the probability, how sure, and the lock. */
  async lock(probability: string, confidence: number): Promise<void> {
    await this.page.getByTestId('reading-probability').fill(probability);
    await this.page.getByTestId(`confidence-${confidence}`).check();
    await this.page.keyboard.press('Control+Enter');
    await expect(this.page.getByTestId('reading-probability'))
      .not.toHaveValue(probability)
      .catch(() => undefined);
  }
}
