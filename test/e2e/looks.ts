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

interface Finding {
  screen: string;
  theme: string;
  rule: string;
  where: string;
}

/** Structure and names are alike in both themes; how colours stand out is alike in both languages. */
type Asked = 'all' | 'colours' | 'all but colours';
const COLOURS = ['color-contrast'];

const builderOf = (page: Page, asked: Asked): AxeBuilder => {
  // Legacy mode stays in this page: the other gathers its results in a second one.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  if (asked === 'all') return builder;
  return asked === 'colours' ? builder.withRules(COLOURS) : builder.disableRules(COLOURS);
};

/** Whatever axe finds, of any severity. */
const findings = async (
  page: Page,
  { screen, theme, asked }: { screen: string; theme: string; asked: Asked },
): Promise<Finding[]> => {
  const { violations } = await builderOf(page, asked).analyze();
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

/** The largest of the settings; back to the usual with 1. */
const LARGEST_TEXT = 1.5;
const scaleText = (page: Page, scale: number) =>
  page.evaluate((factor) => document.documentElement.style.setProperty('--text-scale', String(factor)), scale);

/** How many pixels the page, or a dialog over it, is too wide; down there may always be more. */
const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      document.documentElement.scrollWidth - window.innerWidth,
      ...[...document.querySelectorAll('dialog[open]')].map((dialog) => dialog.scrollWidth - dialog.clientWidth),
    ),
  );

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

  /**
   * Every rule in one language and theme; the colours of the other theme; all else in the other language, with the text at
   * its largest. In both languages what is shown still fits at that size.
   */
  async axe(screen: string): Promise<void> {
    const isFirst = this.#locale === 'en';
    await scaleText(this.#page, LARGEST_TEXT);
    expect(await sidewaysOverflow(this.#page), `${screen} with large text`).toBeLessThanOrEqual(0);
    if (!isFirst) {
      this.found.push(...(await findings(this.#page, { screen, theme: 'dark', asked: 'all but colours' })));
      await scaleText(this.#page, 1);
      return;
    }
    await scaleText(this.#page, 1);
    this.found.push(...(await findings(this.#page, { screen, theme: 'dark', asked: 'all' })));
    await showTheme(this.#page, 'light');
    this.found.push(...(await findings(this.#page, { screen, theme: 'light', asked: 'colours' })));
    await showTheme(this.#page, 'dark');
  }

  async both(name: string): Promise<void> {
    await this.pictures(name);
    await this.axe(name);
  }
}
