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

  /** How a cycle was infused, and the day of an adverse event, are there again when it is opened again. */
  async describeInfusion(cycle: number, { day }: { day: string }): Promise<void> {
    const { page } = this;
    const rightHepatic = page.getByLabel('right hepatic a.');
    await page.getByTestId(`cycle-${cycle}`).getByRole('button').first().click();
    await page.getByTestId('cycle-device').selectOption('port');
    await rightHepatic.check();
    await page.getByTestId('cycle-coils').fill('gastroduodenal, 3 × 4 mm');
    await page.getByTestId('add-event').fill('Platelet count decreased');
    await page.getByTestId('add-event').press('Enter');
    await page.getByTestId('event-day').fill(day);
    await page.getByTestId('save-cycle').click();
    await expect(page.getByTestId('save-cycle')).toBeHidden();
    await page.getByTestId(`cycle-${cycle}`).getByRole('button').first().click();
    await expect(page.getByTestId('cycle-device')).toHaveValue('port');
    await expect(rightHepatic).toBeChecked();
    await expect(page.getByTestId('cycle-coils')).toHaveValue('gastroduodenal, 3 × 4 mm');
    await expect(page.getByTestId('event-day')).toHaveValue(day);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('save-cycle')).toBeHidden();
  }

  /** Panes of one date that show their images. */
  images(date: string): Locator {
    return this.page.getByTestId(date).locator('.pane[data-state="ready"]');
  }

  async openDemoFollowUp(number: number): Promise<void> {
    await this.page.getByTestId('open-demo-follow-up').click();
    await this.page.getByTestId('measure-table').waitFor();
    await expect(this.page.getByTestId(`date-${number}`)).toBeVisible();
  }

  /** With the mouse, across the middle of the arterial pane. */
  async draw(lesion: string, kind: 'mm' | 'viableMm', date: string): Promise<void> {
    await this.page.getByTestId(`draw-${lesion}-${kind}`).click();
    await this.drawLine(date);
  }

  /** With whichever tool the left button has. */
  async drawLine(date: string): Promise<void> {
    const box = await this.page.getByTestId(date).locator('.pane[data-role="arterial"]').boundingBox();
    if (!box) throw new Error('the arterial pane is not on screen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x - 30, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x, y + 2);
    await this.page.mouse.move(x + 30, y + 4);
    await this.page.mouse.up();
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
