/**
 * What every screen is looked at for, in one visit: both languages and themes, pictures at two sizes that are as their
 * references are, nothing outside the window, axe.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { ScreenPictures } from './pictures/screen-pictures.ts';

type Size = { width: number; height: number };
const SIZES: [Size, Size] = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

interface Finding {
  screen: string;
  language: Language;
  rule: string;
  where: string;
}

type Language = 'en' | 'zh-CN';
type Theme = 'dark' | 'light';

/** In each language the one at the first size and the other at the second: four pictures show all four of both. */
const THEMES: Record<Language, [Theme, Theme]> = { en: ['dark', 'light'], 'zh-CN': ['light', 'dark'] };

/** What an AxeBuilder is given to run in place of axe where that is in the page already: it takes longer to read than to look. */
const NOTHING_MORE = 'undefined';

/** Whatever axe finds, of any severity. */
const violations = async (page: Page): Promise<Pick<Finding, 'rule' | 'where'>[]> => {
  const isThere = await page.evaluate(() => 'axe' in window);
  // Legacy mode stays in this page: the other gathers its results in a second one. What is well is not described.
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: NOTHING_MORE } : {}) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false });
  return (await axe.analyze()).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({
      rule: id,
      where: `${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    })),
  );
};

/** By the button of the page's head, which may lie behind a dialog. */
const showLanguage = async (page: Page, language: Language): Promise<void> => {
  const html = page.locator('html');
  if ((await html.getAttribute('lang')) === language) return;
  await page.getByTestId('language').evaluate((button: HTMLElement) => button.click());
  await expect(html).toHaveAttribute('lang', language);
};

const showTheme = (page: Page, theme: Theme) =>
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
  readonly #folder: string;
  readonly #pictured: ScreenPictures;
  readonly found: Finding[] = [];
  #sizes = SIZES;

  constructor(page: Page, hostKind: string) {
    this.#page = page;
    this.#pictured = new ScreenPictures(page);
    this.#folder = resolve(import.meta.dirname, '../../artifacts/screens', hostKind);
    mkdirSync(this.#folder, { recursive: true });
  }

  /**
   * Pictures for people to look at, under artifacts/screens, held against their references; and what `axe` looks for.
   * @param foot scrolled to the foot of its view before each: how far a click scrolls depends on what was there by then.
   */
  both(name: string, foot?: Locator): Promise<void> {
    return this.#inBothLanguages(async (language) => {
      await this.#pictures(name, language, foot);
      await this.#judge(name, language);
    });
  }

  /** Another window of the page, which has its languages and themes: at its own size. */
  async window(other: Page, name: string): Promise<void> {
    const pictured = new ScreenPictures(other);
    await this.#inBothLanguages(async (language) => {
      await this.#picture(pictured, `window-${language}-${name}`, language);
      this.found.push(...(await violations(other)).map((one) => ({ screen: name, language, ...one })));
    });
  }

  /** Every rule in both languages: dark in the one, light in the other. With the text at its largest all still fits. */
  axe(screen: string): Promise<void> {
    return this.#inBothLanguages((language) => this.#judge(screen, language));
  }

  /** A screen without the page's head, which stays in its language: in both themes. */
  async headless(screen: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(this.#page, theme);
      await this.#judge(screen, 'en');
    }
  }

  async #inBothLanguages(look: (language: Language) => Promise<void>): Promise<void> {
    await look('en');
    await showLanguage(this.#page, 'zh-CN');
    await showTheme(this.#page, THEMES['zh-CN'][0]);
    await look('zh-CN');
    await showLanguage(this.#page, 'en');
    await showTheme(this.#page, 'dark');
  }

  /** At both sizes; nothing may be pushed out of its window. */
  async #pictures(name: string, language: Language, foot?: Locator): Promise<void> {
    const [from, to] = this.#sizes;
    for (const size of [from, to]) {
      await this.#page.setViewportSize(size);
      await showTheme(this.#page, THEMES[language][SIZES.indexOf(size)] ?? 'dark');
      await foot?.evaluate((element) => element.scrollIntoView({ block: 'end' }));
      await this.#picture(this.#pictured, `${size.width}-${language}-${name}`, language);
      expect(await overflow(this.#page), `${name} at ${size.width}, ${language}`).toBeLessThanOrEqual(0);
    }
    // The next pictures begin at the size that these ended with: each change draws six images anew.
    this.#sizes = [to, from];
    await showTheme(this.#page, THEMES[language][0]);
  }

  async #picture(pictured: ScreenPictures, name: string, language: Language): Promise<void> {
    const problem = await pictured.problem({ name, path: resolve(this.#folder, `${name}.png`) });
    if (problem) this.found.push({ screen: name, language, rule: 'picture', where: problem });
  }

  async #judge(screen: string, language: Language): Promise<void> {
    await scaleText(this.#page, LARGEST_TEXT);
    expect(await sidewaysOverflow(this.#page), `${screen} with large text, ${language}`).toBeLessThanOrEqual(0);
    await scaleText(this.#page, 1);
    this.found.push(...(await violations(this.#page)).map((one) => ({ screen, language, ...one })));
  }
}
