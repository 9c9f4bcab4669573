import { expect, type Locator, type Page } from '@playwright/test';

export type Step = 'images' | 'lesions' | 'factors' | 'result';

/** One case: the viewer on the left, the four steps on the right. */
export class CasePage {
  readonly page: Page;
  readonly confirmRoles: Locator;
  readonly predict: Locator;
  readonly save: Locator;
  readonly probability: Locator;
  readonly interval: Locator;
  readonly lesions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.confirmRoles = page.getByTestId('confirm-roles');
    this.predict = page.getByTestId('predict');
    this.save = page.getByTestId('save-case');
    this.probability = page.getByTestId('probability');
    this.interval = page.getByTestId('interval');
    this.lesions = page.getByTestId('lesion');
  }

  step(name: Step): Locator {
    return this.page.getByTestId(`step-${name}`);
  }

  async open(name: Step): Promise<void> {
    const toggle = this.step(name).locator('h2 button');
    // A step that the page opens by itself at that moment is not closed again by this click.
    await expect(async () => {
      if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
      await expect(toggle).toHaveAttribute('aria-expanded', 'true', { timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
  }

  pane(role: string): Locator {
    return this.page.locator(`[data-role="${role}"]`);
  }

  /** All panes that have a series show pixels. */
  async imagesShown(): Promise<void> {
    for (const role of ['arterial', 'portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase']) {
      await expect(this.pane(role)).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });
    }
  }

  /** Draws a bidirectional measurement by hand: press, drag along the long axis, release. Fractions of the pane. */
  async drawLesion(role: string, from: [number, number], to: [number, number]): Promise<void> {
    const box = await this.pane(role).boundingBox();
    if (!box) throw new Error(`the ${role} pane is not on screen`);
    const at = ([x, y]: [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await this.page.keyboard.press('m');
    await this.page.mouse.move(...at(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 4 });
    await this.page.mouse.move(...at(to), { steps: 4 });
    await this.page.mouse.up();
  }

  /** Lays the series of a role on the arterial one, `mm` to the patient's left. */
  async moveToLeft(role: string, mm: number): Promise<void> {
    await this.page.keyboard.press('v');
    await this.pane(role).click();
    await this.page.getByTestId('move-left').fill(String(mm));
    await this.page.getByTestId('move-left').press('Enter');
    await expect(this.pane(role)).toContainText(`moved by ${mm}.0 / 0.0 / 0.0 mm`);
    await this.page.keyboard.press('Escape');
  }

  /** Types a value into a clinical factor and leaves the field, which makes it count. */
  async fillFactor(id: string, value: string): Promise<void> {
    const field = this.page.getByTestId(`factor-${id}`);
    await field.getByRole('textbox').or(field.getByRole('spinbutton')).first().fill(value);
    await this.page.keyboard.press('Tab');
  }

  /** Chooses an option of a clinical factor by its value. */
  async chooseFactor(id: string, value: string): Promise<void> {
    const field = this.page.getByTestId(`factor-${id}`);
    const list = field.getByRole('combobox');
    if ((await list.count()) > 0) await list.selectOption(value);
    else await field.locator(`[value="${value}"]`).check({ force: true });
  }

  async runPrediction(): Promise<void> {
    await this.predict.click();
    await expect(this.probability).toBeVisible({ timeout: 30_000 });
  }

  /** Everything the result shows in numbers, to compare it after a restart. */
  async numbers(): Promise<string> {
    await this.open('result');
    const texts = await this.step('result')
      .locator('[data-testid=probability], [data-testid=interval], [data-testid=contributions]')
      .allInnerTexts();
    return texts.join('\n');
  }

  /**
   * Saves for the first time: creates the records with a passphrase where the host has no keychain to keep their key.
   * Answers the recovery key.
   */
  async saveFirstCase(passphrase: string): Promise<string> {
    await this.save.click();
    const recoveryKey = await this.createRecords(passphrase);
    await expect(this.save).toBeDisabled();
    return recoveryKey;
  }

  /** Answers what is asked for when the first case is saved. */
  async createRecords(passphrase: string): Promise<string> {
    const asked = this.page.getByTestId('passphrase');
    const kept = this.page.getByTestId('recovery-kept');
    await asked.or(kept).waitFor();
    if (await asked.isVisible()) {
      await asked.fill(passphrase);
      await this.page.getByTestId('passphrase-again').fill(passphrase);
      await this.page.getByTestId('records-submit').click();
    }
    const key = this.page.getByTestId('recovery-key');
    // A passphrase is slow to try by design.
    await expect(key).toHaveText(/\S{20,}/, { timeout: 60_000 });
    const recoveryKey = await key.innerText();
    await kept.click();
    return recoveryKey;
  }

  /** From the open demonstration study to its prediction, the shortest way. */
  async predictDemo(): Promise<void> {
    await this.imagesShown();
    await this.confirmRoles.click();
    await this.open('lesions');
    await this.page.getByTestId('demo-lesion').click();
    await this.runPrediction();
  }
}
