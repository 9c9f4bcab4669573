import { expect, type Locator, type Page } from '@playwright/test';

/** The tumour board: its lists, and the presentation. */
export class BoardPage {
  readonly page: Page;
  readonly cases: Locator;
  readonly name: Locator;
  readonly probability: Locator;
  readonly images: Locator;

  constructor(page: Page) {
    this.page = page;
    this.cases = page.getByTestId('meeting-case');
    this.name = page.getByTestId('slide-name');
    this.probability = page.getByTestId('slide-probability');
    // Neighbours are drawn behind the one on screen.
    this.images = page.getByTestId('slide-image').filter({ visible: true });
  }

  async open(): Promise<void> {
    await this.page.locator('nav').getByRole('link', { name: 'Board' }).click();
  }

  async newMeeting(date: string): Promise<void> {
    await this.page.getByTestId('new-meeting').click();
    await this.page.getByTestId('meeting-date').fill(date);
    await this.page.getByTestId('save-meeting').click();
    await expect(this.page.getByTestId('meeting')).toHaveCount(1);
  }

  /** Puts cases on the list that are found by `text`, from the first on. */
  async add(text: string, count: number): Promise<void> {
    await this.page.getByTestId('add-cases').click();
    await this.page.getByTestId('add-search').fill(text);
    const already = await this.cases.count();
    for (let n = 0; n < count; n++) {
      await this.page.getByTestId('add-line').filter({ hasText: text }).getByTestId('add-case').first().click();
      await expect(this.cases).toHaveCount(already + n + 1);
    }
    await this.page.keyboard.press('Escape');
  }

  async present(total: number): Promise<void> {
    await this.page.getByTestId('present').click();
    await expect(this.page.getByTestId('slide-place')).toHaveText(`1 / ${total}`);
  }

  /** Escape, until what it leaves is gone: a window that fills the screen may leave that first. */
  async escape(left: Locator): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press('Escape');
      await expect(left).toHaveCount(0, { timeout: 3_000 });
    }).toPass();
  }

  /** Of each slide in turn: its words, and the pictures that it shows. */
  async slides(total: number): Promise<{ words: string; pictures: string[] }[]> {
    const seen: { words: string; pictures: string[] }[] = [];
    await this.page.keyboard.press('Home');
    for (let n = 1; n <= total; n++) {
      await expect(this.page.getByTestId('slide-place')).toHaveText(`${n} / ${total}`);
      const words = await this.page.getByTestId('slides').locator('header, .words').allInnerTexts();
      const pictures = await this.images.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src));
      seen.push({ words: words.join('\n'), pictures });
      if (n < total) await this.page.keyboard.press('ArrowRight');
    }
    return seen;
  }
}
