/** What every screen is looked at for, in one visit: pictures at two sizes, nothing outside the window, and axe in both themes. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

type Size = { width: number; height: number };
const SIZES: [Size, Size] = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const THEMES = ['dark', 'light'];

interface Finding {
  screen: string;
  theme: string;
  rule: string;
  where: string;
}

/** Whatever axe finds, of any severity. */
const findings = async (page: Page, screen: string, theme: string): Promise<Finding[]> => {
  // Legacy mode stays in this page: the other gathers its results in a second one.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({
      screen,
      theme,
      rule: id,
      where: `${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    })),
  );
};

const showTheme = (page: Page, theme: string) =>
  page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);

/** How many pixels the page, or a dialog over it, reaches beyond its window or itself. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const dialogs = [...document.querySelectorAll('[role="dialog"], dialog[open]')];
    return Math.max(
      scrollWidth - window.innerWidth,
      scrollHeight - window.innerHeight,
      ...dialogs.map((dialog) => dialog.scrollWidth - dialog.clientWidth),
    );
  });

export class Looks {
  readonly #page: Page;
  readonly #locale: string;
  readonly #folder: string;
  readonly found: Finding[] = [];
  #sizes = SIZES;

  constructor(page: Page, { locale, hostKind }: { locale: string; hostKind: string }) {
    this.#page = page;
    this.#locale = locale;
    this.#folder = resolve(import.meta.dirname, '../../artifacts/screens', hostKind);
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Pictures for people to look at, kept under artifacts/screens; nothing may be pushed out of its window. */
  async pictures(name: string): Promise<void> {
    const [from, to] = this.#sizes;
    for (const size of [from, to]) {
      await this.#page.setViewportSize(size);
      const path = resolve(this.#folder, `${size.width}-${this.#locale}-${name}.png`);
      await this.#page.screenshot({ path });
      expect(await overflow(this.#page), `${name} at ${size.width}`).toBeLessThanOrEqual(0);
    }
    // The next screen begins at the size that this one ended with: each change draws six images anew.
    this.#sizes = [to, from];
  }

  /** In both themes in one language; colours are the same in the other, which is asked in one theme. */
  async axe(name: string): Promise<void> {
    for (const theme of this.#locale === 'en' ? THEMES : ['dark']) {
      await showTheme(this.#page, theme);
      this.found.push(...(await findings(this.#page, name, theme)));
    }
    await showTheme(this.#page, 'dark');
  }

  async both(name: string): Promise<void> {
    await this.pictures(name);
    await this.axe(name);
  }
}
