/** A screen held against how it looked when a person last judged it. */
import { appendFileSync, writeFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';
import { compare } from '../../runtime/pictures/compare.ts';
import { type Reduced, reduce } from '../../runtime/pictures/reduce.ts';
import { problemOf, renew } from '../../runtime/pictures/references.ts';
import { expect } from '../fixtures.ts';
import { lettersAreOurs } from './letters.ts';
import { varying } from './varying.ts';

/** Where `npm run pictures` has each walk say what it renewed, a line of JSON each. */
const renewals = process.env.HAICAST_RENEW_PICTURES;

/** A pane draws itself anew some frames after its window has another size: so long a picture is taken again. */
const PATIENCE_MS = 15_000;
/** Once a walk has waited so long in vain, what is wrong next is told sooner. */
const PATIENCE_OF_A_WALK_MS = 45_000;
const LEAST_PATIENCE_MS = 2_000;

/** Of two pictures one after the other, where nothing moves any more: the map on the images is rounded anew each time. */
const SETTLED_LEVELS = 2;

/** All that was begun is done, and the letters are there; what is told of it goes by itself, and is not waited for. */
const settled = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  await expect(page.locator('.jobs > li, [data-testid="pane-rest"]')).toHaveCount(0, { timeout: 60_000 });
  await page.locator('.notices > .notice.info > button:last-child').evaluateAll((buttons) => {
    for (const button of buttons) if (button instanceof HTMLElement) button.click();
  });
};

export class ScreenPictures {
  readonly #page: Page;
  #session: Promise<CDPSession> | undefined;
  #areCompared: Promise<boolean> | undefined;
  #patienceMs = PATIENCE_OF_A_WALK_MS;

  /** @param page held still by how it was launched (hosts/still). */
  constructor(page: Page) {
    this.#page = page;
  }

  /** Takes a picture of what is on screen to `path`, and says what is wrong with it; undefined where nothing is. */
  async problem({ name, path }: { name: string; path: string }): Promise<string | undefined> {
    this.#areCompared ??= lettersAreOurs(this.#page);
    const areCompared = await this.#areCompared;
    const now = await this.#take(path);
    if (!areCompared) return undefined;
    return renewals ? this.#renewed({ name, path, now, renewals }) : this.#compared({ name, path, now });
  }

  /** Not by Playwright: its screenshots are compressed for three times as long as a screen takes to be drawn. */
  async #take(path: string): Promise<Reduced> {
    await settled(this.#page);
    this.#session ??= this.#page.context().newCDPSession(this.#page);
    const session = await this.#session;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    const picture = Buffer.from(data, 'base64');
    writeFileSync(path, picture);
    return reduce(picture, await varying(this.#page));
  }

  async #renewed({ name, path, now, renewals }: { name: string; path: string; now: Reduced; renewals: string }) {
    let latest = now;
    await expect(async () => {
      const before = latest;
      latest = await this.#take(path);
      expect(compare(before, latest).worst.levels).toBeLessThanOrEqual(SETTLED_LEVELS);
    }).toPass({ timeout: PATIENCE_MS });
    appendFileSync(renewals, `${JSON.stringify({ name, was: renew(name, latest) })}\n`);
    return undefined;
  }

  async #compared({ name, path, now }: { name: string; path: string; now: Reduced }): Promise<string | undefined> {
    let problem = problemOf(name, now);
    if (problem === undefined) return undefined;
    const started = performance.now();
    await expect(async () => {
      problem = problemOf(name, await this.#take(path));
      expect(problem).toBeUndefined();
    })
      .toPass({ timeout: Math.max(LEAST_PATIENCE_MS, Math.min(PATIENCE_MS, this.#patienceMs)) })
      .catch(() => {
        this.#patienceMs -= performance.now() - started;
      });
    return problem;
  }
}
