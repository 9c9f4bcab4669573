/** Tests with the tag `@processor` run a second time in a browser without WebGL. */
import { expect, type Page, test } from '@playwright/test';
import { tap } from '../pages/tap.ts';
import {
  BLOB_LEFT,
  BLOB_TOP,
  blobsIn,
  countWork,
  darkShareOf,
  pane,
  pointIn,
  servePage,
  slicesOf,
  stateOf,
  workOf,
} from './harness.ts';

const roles = ['arterial', 'portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase'];
let served: Awaited<ReturnType<typeof servePage>>;

test.beforeAll(async () => {
  served = await servePage();
});
test.afterAll(() => served.close());
test.use({ viewport: { width: 1280, height: 800 } });

const open = async (page: Page, query: string, ready = 6): Promise<void> => {
  await page.goto(`${served.url}?${query}`);
  await expect(page.locator('[data-state="ready"]')).toHaveCount(ready);
  const hasWebgl = await page.evaluate<boolean>(`document.createElement('canvas').getContext('webgl2') !== null`);
  expect(hasWebgl, 'WebGL in this browser').toBe(test.info().project.name !== 'processor');
};
/** Drawn, not only loaded: the screen answers with pixels. */
const shown = (page: Page, role: string) =>
  expect.poll(async () => (await blobsIn(page, role)).bright.weight).toBeGreaterThan(0);

const drag = async (page: Page, role: string, from: [number, number], to: [number, number]): Promise<void> => {
  const [start, end] = [await pointIn(page, role, ...from), await pointIn(page, role, ...to)];
  await page.mouse.move(...start);
  await page.mouse.down();
  await page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2);
  await page.mouse.move(...end);
  await page.mouse.up();
};

test.describe('the evidence map lies where it belongs', { tag: '@processor' }, () => {
  test('on axial, reversed, mirrored, oblique, turned and coarse stacks', async ({ page }) => {
    await open(page, 'scene=block');
    await tap(page, 'c');
    for (const role of roles) {
      await shown(page, role);
      await expect.poll(async () => (await blobsIn(page, role)).orange.weight).toBe(0);
    }
    const blocks = Object.fromEntries(
      await Promise.all(roles.map(async (role) => [role, (await blobsIn(page, role)).bright] as const)),
    );
    await tap(page, 'c');
    for (const role of roles) {
      await expect.poll(async () => (await blobsIn(page, role)).orange.weight).toBeGreaterThan(0);
      const { orange } = await blobsIn(page, role);
      const block = blocks[role];
      if (!block) throw new Error(role);
      // At about 1.4 pixels a millimetre: within 1 mm on the slice.
      expect(Math.hypot(orange.x - block.x, orange.y - block.y), role).toBeLessThan(1.4);
    }
  });

  test('only on the slices that hold it; elsewhere a hint leads there', async ({ page }) => {
    await open(page, 'scene=block');
    await shown(page, 'arterial');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.5, 0.5)));
    await page.mouse.wheel(0, 100);
    const hint = pane(page, 'arterial').getByRole('button', { name: 'map is at S 15.0 mm' });
    await expect(hint).toBeVisible();
    await expect.poll(async () => (await blobsIn(page, 'arterial')).orange.weight).toBe(0);
    await hint.click();
    await expect(hint).toBeHidden();
    await expect.poll(async () => (await blobsIn(page, 'arterial')).orange.weight).toBeGreaterThan(0);
  });

  test('C shows and hides it, holding C blinks, brackets change its opacity', async ({ page }) => {
    await open(page, 'scene=block');
    const button = page.getByRole('button', { name: 'Evidence map' });
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await tap(page, 'c');
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await tap(page, 'c');
    await page.clock.install();
    await page.keyboard.down('c');
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await page.clock.fastForward(1000);
    await page.keyboard.up('c');
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    const opacity = page.getByRole('slider', { name: 'Opacity' });
    await expect(opacity).toHaveValue('0.6');
    await page.keyboard.press(']');
    await expect(opacity).toHaveValue('0.7');
    await page.keyboard.press('[');
    await page.keyboard.press('[');
    await expect(opacity).toHaveValue('0.5');
  });

  test('says the log-odds of the cell under the pointer, and where there is none', async ({ page }) => {
    await open(page, 'scene=block');
    await shown(page, 'arterial');
    const here = page.getByTestId('map-here');
    const { bright } = await blobsIn(page, 'arterial');
    const box = await pane(page, 'arterial').boundingBox();
    if (!box) throw new Error('no pane');
    const [x, y] = [box.x + BLOB_LEFT + bright.x, box.y + BLOB_TOP + bright.y];
    await page.mouse.move(x, y);
    await expect(here).toHaveText('Here +0.400 log-odds');
    await page.mouse.move(x, y + 25);
    await expect(here).toHaveText('Here 0.000 log-odds');
    await page.mouse.move(box.x + 12, box.y + 40);
    await expect(here).toHaveText('Here: outside the crop');
    // Another slice has no map, and a map that is switched off says nothing.
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, 100);
    await expect(here).toHaveText('Here: —');
    await page.mouse.wheel(0, -100);
    await expect(here).toHaveText('Here +0.400 log-odds');
    await tap(page, 'c');
    await expect(here).toHaveText('Here: —');
  });

  test('a threshold leaves cells out and says which; a kept picture has them all', async ({ page }) => {
    await open(page, 'scene=liver');
    await shown(page, 'arterial');
    const hides = page.getByTestId('map-hides');
    await expect(hides).toHaveText('all 64 cells drawn');
    const before = (await blobsIn(page, 'arterial')).blue.weight;
    /** Coloured pixels of the picture that would be kept. */
    const kept = () =>
      page.evaluate<number>(`(async () => {
        const picture = (await harness.commands.value.picturesAt(undefined)).find(({ role, withMap }) => role === 'arterial' && withMap);
        const canvas = picture.paint(320);
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let coloured = 0;
        for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i] - data[i + 2]) > 12) coloured += 1;
        return coloured;
      })()`);
    const whole = await kept();
    expect(whole).toBeGreaterThan(100);
    // The strongest cell against has 0.03 log-odds, the scale 0.05: from 0.65 of it on nothing blue is left of the map.
    for (let press = 0; press < 14; press++) await page.keyboard.press('.');
    await expect(page.getByRole('slider', { name: 'Threshold' })).toHaveValue('0.7');
    await expect(hides).toHaveText(/^\d+ of 64 cells below ±0\.035 hidden, together [+−]\d\.\d\d log-odds$/);
    await expect.poll(async () => (await blobsIn(page, 'arterial')).blue.weight).toBeLessThan(before * 0.9);
    await expect.poll(async () => (await blobsIn(page, 'arterial')).orange.weight).toBeGreaterThan(0);
    await page.keyboard.press(',');
    await expect(page.getByRole('slider', { name: 'Threshold' })).toHaveValue('0.65');
    expect(await kept()).toBe(whole);
  });

  test('a region says the evidence in it while it is drawn', async ({ page }) => {
    await open(page, 'scene=block');
    await shown(page, 'arterial');
    await page.keyboard.press('e');
    const { bright } = await blobsIn(page, 'arterial');
    const box = await pane(page, 'arterial').boundingBox();
    if (!box) throw new Error('no pane');
    const [x, y] = [box.x + BLOB_LEFT + bright.x, box.y + BLOB_TOP + bright.y];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 20);
    await page.mouse.move(x + 40, y + 40);
    // The only cell with evidence lies wholly within.
    await expect(page.getByTestId('map-region')).toContainText('Evidence in the region: +0.40 of +0.40 log-odds (');
    await page.mouse.up();
  });

  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const)
    test(`its legend stands beside the images and on none of them, at ${width} × ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page, 'scene=liver');
      const boxOf = async (selector: string) => {
        const box = await page.locator(selector).boundingBox();
        if (!box) throw new Error(selector);
        return box;
      };
      const legend = await boxOf('[data-testid="map-legend"]');
      const bar = await boxOf('[data-testid="map-bar"]');
      for (const role of roles) {
        const image = await boxOf(`[data-role="${role}"]`);
        for (const own of [legend, bar])
          expect(image.y + image.height <= own.y || image.y >= own.y + own.height, role).toBe(true);
      }
      expect(legend.y + legend.height).toBeLessThanOrEqual(height);
      // Its words are there whole, and images keep their place while the map blinks.
      expect(await page.getByTestId('map-legend').evaluate((p) => p.scrollWidth - p.clientWidth)).toBeLessThanOrEqual(
        0,
      );
      const before = await boxOf('[data-role="t2"]');
      await tap(page, 'c');
      await expect(page.getByTestId('map-legend')).toBeHidden();
      expect(await boxOf('[data-role="t2"]')).toEqual(before);
    });
});

test.describe('scrolling', { tag: '@processor' }, () => {
  test('the wheel moves every stack to the same patient position', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.3, 0.5)));
    const before = await slicesOf(page);
    for (let notch = 0; notch < 2; notch++) await page.mouse.wheel(0, 100);
    // 6 mm: two slices of 3 mm, one or two of 4 mm, one of 6 mm.
    await expect.poll(() => slicesOf(page)).not.toEqual(before);
    await expect(pane(page, 'arterial')).toContainText('S 49.5 mm');
    await expect(pane(page, 'portal-venous')).toContainText('S 49.5 mm');
    await expect(pane(page, 'delayed')).toContainText('S 48.0 mm');
    await expect(pane(page, 'in-phase')).toContainText('S 51.0 mm');
  });

  test('a slice that is come back to is where it was, to the pixel', async ({ page }) => {
    await open(page, 'scene=liver');
    for (const role of roles) await shown(page, role);
    const box = await pane(page, 'arterial').boundingBox();
    if (!box) throw new Error('no pane');
    // Enlarged a little around a point beside the middle: part of a pixel away from where the image fits.
    await page.mouse.move(box.x + box.width / 2 + 6, box.y + box.height / 2 + 6);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -50);
    await page.keyboard.up('Control');
    const before = await slicesOf(page);
    const seen = () => page.locator('.panes').screenshot();
    let first = await seen();
    await expect
      .poll(async () => {
        const last = first;
        first = await seen();
        return first.equals(last);
      })
      .toBe(true);
    await page.mouse.wheel(0, 100);
    await expect.poll(() => slicesOf(page)).not.toEqual(before);
    await expect.poll(async () => (await seen()).equals(first)).toBe(false);
    await page.mouse.wheel(0, -100);
    await expect.poll(() => slicesOf(page)).toEqual(before);
    await expect.poll(async () => (await seen()).equals(first)).toBe(true);
  });

  test('L takes one stack out of the company, and brings it back', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.keyboard.press('l');
    const [, before] = await slicesOf(page);
    await page.getByRole('slider', { name: 'Slice of Arterial' }).focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowUp');
    const [arterial, portal] = await slicesOf(page);
    expect([arterial, portal]).toEqual([(before ?? 0) - 4, before]);
    await page.keyboard.press('l');
    await expect.poll(async () => (await slicesOf(page))[1]).toBe(arterial);
  });

  test('a position beyond a stack is said, not passed over', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.getByRole('slider', { name: 'Slice of T2' }).focus();
    await page.keyboard.press('End');
    await expect(pane(page, 'arterial')).toContainText('outside this series');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await expect(pane(page, 'arterial')).not.toContainText('outside this series');
  });

  test('Space plays and stops', async ({ page }) => {
    await open(page, 'scene=liver');
    const [before] = await slicesOf(page);
    await page.keyboard.press(' ');
    await expect.poll(async () => (await slicesOf(page))[0]).not.toBe(before);
    await expect(page.getByRole('button', { name: 'Cine' })).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Cine' })).toHaveAttribute('aria-pressed', 'false');
  });
});

test('each step draws the panes that it changes, once, and touches no others', async ({ page }) => {
  await countWork(page);
  await open(page, 'scene=liver');
  for (const role of roles) await shown(page, role);
  const none = roles.map(() => 0);
  const at = await pointIn(page, 'arterial', 0.5, 0.5);
  const moved = await workOf(page, () => page.mouse.move(...at));
  expect(moved, 'a pointer that only moves').toEqual({ drawn: none, painted: none });

  for (const notch of [100, 100, -100]) {
    const before = await slicesOf(page);
    const work = await workOf(page, () => page.mouse.wheel(0, notch));
    const after = await slicesOf(page);
    const changed = before.map((slice, i) => (slice === after[i] ? 0 : 1));
    // Thinner and thicker slices lie beside each other here: some stay where they are.
    expect(changed).toContain(0);
    expect(changed).toContain(1);
    expect(work, `from ${before} to ${after}`).toEqual({ drawn: changed, painted: changed });
  }

  const { drawn, painted } = await workOf(page, async () => {
    await page.mouse.down({ button: 'right' });
    for (const step of [10, 20, 30]) await page.mouse.move(at[0] + step, at[1]);
    await page.mouse.up({ button: 'right' });
  });
  expect(drawn[0], 'once for each move of the hand at most').toBeGreaterThan(0);
  expect(drawn[0]).toBeLessThanOrEqual(3);
  expect(drawn.slice(1)).toEqual(none.slice(1));
  expect(painted).toEqual(drawn);

  const toggled = await workOf(page, () => tap(page, 'c'));
  expect(toggled, 'the map lies over images that stay').toEqual({ drawn: none, painted: roles.map(() => 1) });
});

test.describe('images on their way', () => {
  const waiting = (page: Page) => page.locator('[data-waiting]');
  const letGo = (page: Page, held: 'whole' | 'slices') => page.evaluate(`harness.letGo('${held}')`);
  const asked = async (page: Page) => (await stateOf(page)).asked;

  test('every pane shows its first slice before any series is whole, and each other as soon as it is asked for', async ({
    page,
  }) => {
    await open(page, 'scene=liver&hold=whole,slices');
    for (const role of roles) await shown(page, role);
    expect((await asked(page)).slice(0, 6).map((name) => name.split('/').length)).toEqual(roles.map(() => 2));
    await expect(pane(page, 'arterial').getByTestId('pane-rest')).toBeVisible();

    await page.mouse.move(...(await pointIn(page, 'arterial', 0.5, 0.5)));
    const [before = 0] = await slicesOf(page);
    const { weight } = (await blobsIn(page, 'arterial')).bright;
    await page.mouse.wheel(0, 100);
    await expect(pane(page, 'arterial').getByText('Loading this image')).toBeVisible();
    await expect(pane(page, 'arterial')).toHaveAttribute('data-slice', String(before + 1));
    // Neither the slice before nor black anatomy: words, and nothing that a hand could be laid on.
    expect((await blobsIn(page, 'arterial')).bright.weight).toBeLessThan(weight / 20);
    await page.keyboard.press('m');
    await drag(page, 'arterial', [0.4, 0.4], [0.6, 0.6]);
    expect((await stateOf(page)).drawn).toBe(0);
    await page.keyboard.press('m');
    const early = page.evaluate<string[]>(
      `harness.commands.value.picturesAt(undefined).then((pictures) => pictures.filter(({ withMap }) => !withMap).map(({ role, sliceIndex }) => role + ' ' + sliceIndex))`,
    );

    await letGo(page, 'slices');
    await expect(waiting(page)).toHaveCount(0);
    await shown(page, 'arterial');
    expect(await early, 'a picture waits for its slice').toContain(`arterial ${before + 1}`);
    await expect(pane(page, 'arterial').getByTestId('pane-rest')).toBeVisible();

    await letGo(page, 'whole');
    await expect(page.getByTestId('pane-rest')).toHaveCount(0);
    const soFar = (await asked(page)).length;
    for (let step = 0; step < 4; step++) await page.mouse.wheel(0, 100);
    await expect(pane(page, 'arterial')).toHaveAttribute('data-slice', String(before + 5));
    await expect(waiting(page)).toHaveCount(0);
    expect(await asked(page), 'all of it is there').toHaveLength(soFar);
    expect((await stateOf(page)).errors).toEqual([]);
  });

  test('what is shown stays where the others are cancelled or fail: each is read when it is turned to, and all again', async ({
    page,
  }) => {
    await open(page, 'scene=liver&hold=whole');
    for (const role of roles) await shown(page, role);
    const rest = (role: string) => pane(page, role).getByTestId('pane-rest');
    await rest('arterial').getByRole('button', { name: 'Cancel' }).click();
    await expect(rest('arterial')).toContainText('Other images not loaded.');
    await page.evaluate(`harness.letGo('whole', 503)`);
    for (const role of roles.slice(1)) await expect(rest(role)).toContainText('Other images failed to load.');
    expect((await stateOf(page)).cancelled).toHaveLength(1);
    expect((await stateOf(page)).errors).toHaveLength(roles.length - 1);

    await page.mouse.move(...(await pointIn(page, 'arterial', 0.5, 0.5)));
    const before = await slicesOf(page);
    await page.mouse.wheel(0, 100);
    await expect.poll(() => slicesOf(page)).not.toEqual(before);
    await expect(waiting(page)).toHaveCount(0);
    for (const role of roles) await shown(page, role);

    await page.evaluate(`harness.letGo('whole')`);
    for (const role of roles) await rest(role).getByRole('button', { name: 'Load again' }).click();
    await expect(page.getByTestId('pane-rest')).toHaveCount(0);
    for (const role of roles) await shown(page, role);
    const soFar = (await asked(page)).length;
    await page.mouse.wheel(0, 100);
    await expect(waiting(page)).toHaveCount(0);
    expect(await asked(page), 'all of them are there').toHaveLength(soFar);
  });

  test('cine waits for a slice that is on its way, and passes over none', async ({ page }) => {
    await open(page, 'scene=liver&hold=whole,slices');
    await shown(page, 'arterial');
    const [before = 0] = await slicesOf(page);
    await page.keyboard.press(' ');
    await expect.poll(() => asked(page)).toContain(`arterial/${before + 1}`);
    await expect(pane(page, 'arterial')).toHaveAttribute('data-slice', String(before));
    await expect(waiting(page)).toHaveCount(0);
    await letGo(page, 'slices');
    await expect.poll(async () => (await slicesOf(page))[0]).toBeGreaterThan(before + 1);
    expect((await asked(page)).filter((name) => name === `arterial/${before + 1}`)).toHaveLength(1);
    await page.keyboard.press('Escape');
  });

  test('a study beyond the budget is read slice by slice, and never held beyond it', async ({ page }) => {
    const budget = 4_000_000;
    await open(page, `scene=liver&budget=${budget}`);
    const held = () => page.evaluate<number>('harness.heldBytes()');
    for (const role of roles) {
      await shown(page, role);
      expect(await held()).toBeLessThanOrEqual(budget);
    }
    await page.mouse.move(...(await pointIn(page, 'portal-venous', 0.5, 0.5)));
    for (let step = 0; step < 8; step++) {
      await page.mouse.wheel(0, step < 6 ? 100 : -100);
      expect(await held()).toBeLessThanOrEqual(budget);
    }
    await expect(waiting(page)).toHaveCount(0);
    await shown(page, 'portal-venous');
    const whole = (await asked(page)).filter((name) => !name.includes('/'));
    expect(whole.length, 'there is room for one, or none').toBeLessThanOrEqual(1);
    expect((await stateOf(page)).errors).toEqual([]);
  });
});

test.describe('layout and mouse', () => {
  test('double-click and numbers enlarge one image and go back', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.mouse.dblclick(...(await pointIn(page, 'delayed', 0.5, 0.5)));
    await expect(pane(page, 'delayed')).toBeVisible();
    await expect(pane(page, 'arterial')).toBeHidden();
    expect((await pane(page, 'delayed').boundingBox())?.width).toBeGreaterThan(1200);
    await page.keyboard.press('3');
    await expect(pane(page, 'arterial')).toBeVisible();
    await page.keyboard.press('4');
    await expect(pane(page, 't2')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(pane(page, 'arterial')).toBeVisible();
    await shown(page, 'arterial');
  });

  test('an image enlarged and let go before a frame was drawn is seen as before, as are the others', async ({
    page,
  }) => {
    await open(page, 'scene=liver');
    for (const role of roles) await shown(page, role);
    const seen = async () => Promise.all(roles.map(async (role) => (await blobsIn(page, role)).bright));
    const before = await seen();
    await page.evaluate(async () => {
      for (const key of ['4', 'Escape']) {
        window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        // The page follows in this same task: no frame comes between.
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      }
    });
    await expect.poll(seen).toEqual(before);
  });

  test('right drag changes the window of that image only; Reset restores it', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.4, 0.5)));
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.7, 0.5)));
    await page.mouse.up({ button: 'right' });
    await expect(pane(page, 'arterial')).not.toContainText('W 820 L 410');
    await expect(pane(page, 'portal-venous')).toContainText('W 820 L 410');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(pane(page, 'arterial')).toContainText('W 820 L 410');
  });

  test('Ctrl and wheel enlarge around the pointer', async ({ page }) => {
    await open(page, 'scene=block');
    await tap(page, 'c');
    await shown(page, 'arterial');
    const before = (await blobsIn(page, 'arterial')).bright;
    const box = await pane(page, 'arterial').boundingBox();
    if (!box) throw new Error('no pane');
    // On the block: it grows and stays where it is.
    await page.mouse.move(box.x + BLOB_LEFT + before.x, box.y + BLOB_TOP + before.y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await blobsIn(page, 'arterial')).bright.weight).toBeGreaterThan(before.weight * 1.8);
    const after = (await blobsIn(page, 'arterial')).bright;
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1.5);
    // The other images are enlarged with it, to the same place in the patient.
    await expect
      .poll(async () => (await blobsIn(page, 'opposed-phase')).bright.weight)
      .toBeGreaterThan(before.weight * 1.8);
    const other = (await blobsIn(page, 'opposed-phase')).bright;
    expect(Math.hypot(other.x - after.x, other.y - after.y)).toBeLessThan(2);
  });

  test('Shift over one image brings all others to that point', async ({ page }) => {
    await open(page, 'scene=block');
    await shown(page, 'portal-venous');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.3, 0.3)));
    await page.keyboard.down('Shift');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.64, 0.37)));
    await page.keyboard.up('Shift');
    // The oblique stack has to leave its slice to reach a point in front of its middle.
    await expect.poll(async () => (await slicesOf(page))[3]).not.toBe(7);
  });
});

test.describe('lesions', { tag: '@processor' }, () => {
  test('M draws one; it is measured in millimetres and shown in all images', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.keyboard.press('m');
    await drag(page, 'portal-venous', [0.55, 0.35], [0.7, 0.5]);
    await expect.poll(async () => (await stateOf(page)).drawn).toBe(1);
    const { lesions, errors } = await stateOf(page);
    const lesion = lesions.at(-1);
    expect(errors).toEqual([]);
    expect(lesion).toMatchObject({ seriesId: 'series/portal-venous#1', sopInstanceUID: 'portal-venous.16' });
    // Every end lies on the slice that it was drawn on: S 43.5 mm.
    for (const end of lesion?.longAxis ?? []) expect(end[2]).toBeCloseTo(43.5, 3);
    // The tool puts a perpendicular there by itself; nobody measured it.
    expect(lesion).not.toHaveProperty('shortAxis');
    // The tool is left after one drawing.
    await expect(page.getByRole('button', { name: 'Measure' })).toHaveAttribute('aria-pressed', 'false');
  });

  test('dragging a handle reports the change; nothing is kept that the page does not accept', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.keyboard.press('m');
    await drag(page, 'portal-venous', [0.55, 0.35], [0.7, 0.5]);
    await expect.poll(async () => (await stateOf(page)).drawn).toBe(1);
    const before = (await stateOf(page)).lesions.at(-1);
    await page.mouse.move(...(await pointIn(page, 'portal-venous', 0.7, 0.5)));
    await drag(page, 'portal-venous', [0.7, 0.5], [0.75, 0.55]);
    await expect.poll(async () => (await stateOf(page)).changed).toBe(1);
    const after = (await stateOf(page)).lesions.at(-1);
    expect(after?.id).toBe(before?.id);
    expect(after?.longAxis).not.toEqual(before?.longAxis);
    expect(after).not.toHaveProperty('shortAxis');
  });

  test('the short axis is a measurement once somebody has pulled its tick out', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.keyboard.press('m');
    await drag(page, 'portal-venous', [0.55, 0.35], [0.7, 0.5]);
    await expect.poll(async () => (await stateOf(page)).drawn).toBe(1);
    const box = await pane(page, 'portal-venous').boundingBox();
    if (!box) throw new Error('no pane');
    const [dx, dy] = [0.15 * box.width, 0.15 * box.height];
    /** A point beside the middle of the long axis, at a share of its length. */
    const beside = (share: number): [number, number] => [
      0.625 - (share * dy) / box.width,
      0.425 + (share * dx) / box.height,
    ];
    await page.mouse.move(...(await pointIn(page, 'portal-venous', ...beside(0.05))));
    await drag(page, 'portal-venous', beside(0.05), beside(0.35));
    await expect.poll(async () => (await stateOf(page)).changed).toBe(1);
    const [a, b] = (await stateOf(page)).lesions.at(-1)?.shortAxis ?? [];
    const [c, d] = (await stateOf(page)).lesions.at(-1)?.longAxis ?? [];
    const mm = (one: number[] = [], other: number[] = []) =>
      Math.hypot(...one.map((value, i) => value - (other[i] ?? 0)));
    // From the tick's far end, 5% beyond the middle, to 35% on this side.
    expect(mm(a, b) / mm(c, d)).toBeCloseTo(0.4, 1);
  });

  test('a drawing pulled back to its start is not kept, and says why', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.keyboard.press('m');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.6, 0.3)));
    await page.mouse.down();
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.7, 0.4)));
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.65, 0.35)));
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.6, 0.302)));
    await page.mouse.up();
    await expect(pane(page, 'arterial')).toContainText('Shorter than 2 mm');
    expect((await stateOf(page)).drawn).toBe(0);
  });

  test('what is being drawn is measured under the pen, in all images', async ({ page }) => {
    await open(page, 'scene=block');
    await tap(page, 'c');
    await shown(page, 'delayed');
    const before = (await blobsIn(page, 'delayed')).bright.weight;
    await page.keyboard.press('m');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.4, 0.55)));
    await page.mouse.down();
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.45, 0.6)));
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.55, 0.7)));
    await expect.poll(async () => (await blobsIn(page, 'delayed')).bright.weight).toBeGreaterThan(before * 1.1);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(async () => (await blobsIn(page, 'delayed')).bright.weight).toBe(before);
  });

  test('Esc gives a drawing up', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.keyboard.press('m');
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.5, 0.3)));
    await page.mouse.down();
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.55, 0.35)));
    await page.mouse.move(...(await pointIn(page, 'arterial', 0.6, 0.4)));
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Measure' })).toHaveAttribute('aria-pressed', 'false');
    expect((await stateOf(page)).drawn).toBe(0);
  });

  test('a click on a projected lesion selects it, a click beside it none', async ({ page }) => {
    await open(page, 'scene=liver');
    await page.mouse.click(...(await pointIn(page, 'delayed', 0.6, 0.25)));
    await expect.poll(async () => (await stateOf(page)).selected).toBeUndefined();
    await page.mouse.click(...(await pointIn(page, 'delayed', 0.305, 0.465)));
    await expect.poll(async () => (await stateOf(page)).selected).toBe('one');
  });
});

test.describe('what cannot be shown', () => {
  test('is said in its own pane; the others work', async ({ page }) => {
    await open(page, 'scene=trouble', 3);
    await expect(pane(page, 'delayed')).toContainText('This series cannot be shown.');
    await expect(pane(page, 'opposed-phase')).toContainText('No series plays this role.');
    await expect(pane(page, 'portal-venous')).toContainText('Image positions are missing from 3 of 32 files.');
    await expect(pane(page, 'in-phase')).toContainText('not linked');
    await pane(page, 't2').getByRole('button', { name: 'Cancel' }).click();
    await expect(pane(page, 't2')).toContainText('Loading was cancelled.');
    expect((await stateOf(page)).cancelled).toHaveLength(1);
  });

  test('measuring on an unplaced series is refused with the reason', async ({ page }) => {
    await open(page, 'scene=trouble', 3);
    await page.keyboard.press('m');
    await drag(page, 'portal-venous', [0.3, 0.3], [0.5, 0.5]);
    await expect(pane(page, 'portal-venous')).toContainText('Nothing can be measured here');
    expect((await stateOf(page)).drawn).toBe(0);
    await drag(page, 'arterial', [0.6, 0.3], [0.7, 0.5]);
    await expect.poll(async () => (await stateOf(page)).drawn).toBe(1);
  });
});

test('pictures for the record: every role at a position, with and without map, whatever the panes show', async ({
  page,
}) => {
  await open(page, 'scene=liver');
  await shown(page, 'opposed-phase');
  const pictures = await page.evaluate<
    { role: string; withMap: boolean; size: number[]; colours: number }[]
  >(`(async () => {
    const coloursOf = (canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let coloured = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] - data[i + 2] > 40 || data[i + 2] - data[i] > 40) coloured += 1;
      return coloured;
    };
    return (await harness.commands.value.picturesAt(undefined)).map((picture) => {
      const canvas = picture.paint(320);
      return { role: picture.role, withMap: picture.withMap, size: [canvas.width, canvas.height], colours: coloursOf(canvas) };
    });
  })()`);
  const plain = pictures.filter(({ withMap }) => !withMap);
  expect(plain.map(({ role }) => role).sort()).toEqual([...roles].sort());
  for (const { size } of pictures) expect(Math.max(...size)).toBe(320);
  const mapped = pictures.filter(({ withMap }) => withMap);
  expect(mapped.length).toBeGreaterThan(0);
  for (const { colours } of plain) expect(colours).toBe(0);
  expect(Math.max(...mapped.map(({ colours }) => colours))).toBeGreaterThan(100);
});

test('a label makes room for words that come over an image without its being drawn, and stands as before when they go', async ({
  page,
}) => {
  await open(page, 'scene=liver');
  for (const role of roles) await shown(page, role);
  const overlay = pane(page, 'portal-venous').locator('canvas.overlay');
  const drawn = () => overlay.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const before = await drawn();
  await pane(page, 'portal-venous').evaluate((element) => {
    const words = document.createElement('span');
    words.id = 'words';
    words.dataset.overImage = '';
    Object.assign(words.style, { position: 'absolute', inset: '0', pointerEvents: 'none' });
    element.append(words);
  });
  await expect.poll(drawn).not.toBe(before);
  await page.locator('#words').evaluate((words) => words.remove());
  await expect.poll(drawn).toBe(before);
});

test('words over an image stand out from white tissue by a dark rim', async ({ page }) => {
  await open(page, 'scene=liver');
  await page.addStyleTag({
    content: '[data-role] { background: #fff !important } [data-role] .stage { visibility: hidden }',
  });
  const words = pane(page, 'arterial').locator('.words');
  for (const place of ['strong', '.description', '.edge.left', '.row > :first-child', '.row > :last-child']) {
    expect(await darkShareOf(words.locator(place)), place).toBeGreaterThan(0.03);
  }
});

test('leaving the page leaves nothing behind', async ({ page }) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await open(page, 'scene=liver');
  await page.evaluate('harness.unmount()');
  await expect(page.locator('[data-role]')).toHaveCount(0);
  await page.keyboard.press('m');
  expect(complaints).toEqual([]);
});
