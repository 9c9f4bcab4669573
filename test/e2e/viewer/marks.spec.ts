/** Marks that are no lesions: measured on a phantom of known size, and taken away again. */
import { expect, type Page, test } from '@playwright/test';
import { tap } from '../pages/tap.ts';
import { blobsIn, pane, pointIn, servePage, stateOf } from './harness.ts';

let served: Awaited<ReturnType<typeof servePage>>;
test.beforeAll(async () => {
  served = await servePage();
});
test.afterAll(() => served.close());
test.use({ viewport: { width: 1280, height: 800 } });

type Point = [number, number];

const drag = async (page: Page, from: Point, to: Point): Promise<void> => {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
};
const marksOf = async (page: Page) => (await stateOf(page)).marks;

/**
 * Where the bright square of the block scene ends to the left and right on the row through its middle, and that row: screen
 * pixels, at half of its brightness between two of them.
 */
const squareEdges = async (page: Page): Promise<{ left: number; right: number; row: number }> => {
  const box = await pane(page, 'arterial').boundingBox();
  if (!box) throw new Error('no pane');
  const clip = { x: box.x + 60, y: box.y + 70, width: box.width - 160, height: box.height - 160 };
  const png = (await page.screenshot({ clip })).toString('base64');
  const found = (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    const grey = (x, y) => data[(y * width + x) * 4];
    const rows = [];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (grey(x, y) > 128) { rows.push(y); break; }
    const row = rows[Math.floor(rows.length / 2)];
    let left = 0;
    while (grey(left, row) < 128) left++;
    let right = width - 1;
    while (grey(right, row) < 128) right--;
    const between = (dark, bright) => (128 - grey(dark, row)) / (grey(bright, row) - grey(dark, row));
    return { left: left - 1 + between(left - 1, left) + 0.5, right: right + 1 - between(right + 1, right) + 0.5, row: row + 0.5 };
  })()`)) as { left: number; right: number; row: number };
  return { left: found.left + clip.x, right: found.right + clip.x, row: found.row + clip.y };
};

/** Once two pictures agree: a press or a turn of the wheel may not be drawn yet. */
const settledEdges = async (page: Page): Promise<Awaited<ReturnType<typeof squareEdges>>> => {
  let last = await squareEdges(page);
  await expect
    .poll(async () => {
      const before = last;
      last = await squareEdges(page);
      return last.right - last.left - (before.right - before.left);
    })
    .toBe(0);
  return last;
};

test('a length, an angle and a region are what the phantom is, and are taken away by key and eraser', async ({
  page,
}) => {
  await page.goto(`${served.url}?scene=block`);
  await expect(page.locator('[data-state="ready"]')).toHaveCount(6);
  await tap(page, 'c');
  await page.keyboard.press('1');
  await expect(pane(page, 'portal-venous')).toBeHidden();
  await expect.poll(async () => (await squareEdges(page)).right).toBeGreaterThan(0);
  // Close to it, so that a whole pixel of the screen is a small part of a millimetre.
  const before = await squareEdges(page);
  await page.mouse.move((before.left + before.right) / 2, before.row);
  await page.keyboard.down('Control');
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect
    .poll(async () => {
      const { left, right } = await squareEdges(page);
      return (right - left) / (before.right - before.left);
    })
    .toBeGreaterThan(4);
  const { left, right, row } = await settledEdges(page);

  await page.keyboard.press('d');
  await expect(page.getByTestId('more-tools')).toHaveValue('length');
  await drag(page, [left, row], [right, row]);
  await expect.poll(async () => (await marksOf(page)).length).toBe(1);
  const [length] = await marksOf(page);
  if (length?.tool !== 'length') throw new Error('no length');
  const [from, to] = length.points;
  // Eleven of its pixels are bright, 1.1 mm each; between the middles of bright and dark ones lies its rim.
  // Within 0.2 mm, and within 1 %.
  expect(Math.abs(Math.hypot(...to.map((value, i) => value - from[i as 0])) - 12.1)).toBeLessThan(0.121);

  // The tool stays in hand: another drag is another mark.
  await page.keyboard.press('e');
  const wide = right - left;
  // Clear of the line: a press on one takes hold of it.
  const middle: Point = [(left + right) / 2, row + wide * 0.25];
  await drag(page, middle, [middle[0] + wide * 0.15, middle[1] + wide * 0.15]);
  await expect.poll(async () => (await marksOf(page)).length).toBe(2);
  const region = (await marksOf(page))[1];
  expect(region).toMatchObject({ tool: 'ellipse', statistics: { mean: 1000, sd: 0 } });

  await page.keyboard.press('a');
  const corner: Point = [left - 60, row];
  await drag(page, [corner[0], corner[1] - 80], corner);
  await page.mouse.move(corner[0] - 40, corner[1]);
  await page.mouse.click(corner[0] - 80, corner[1]);
  await expect.poll(async () => (await marksOf(page)).length).toBe(3);
  const angle = (await marksOf(page))[2];
  if (angle?.tool !== 'angle') throw new Error('no angle');
  const [[ax, ay], [bx, by], [cx, cy]] = angle.points;
  const cosine =
    ((ax - bx) * (cx - bx) + (ay - by) * (cy - by)) / (Math.hypot(ax - bx, ay - by) * Math.hypot(cx - bx, cy - by));
  expect((Math.acos(cosine) * 180) / Math.PI).toBeCloseTo(90, 0);

  // A click picks what is under it once the tool is put away, and Delete takes it away.
  await page.keyboard.press('Escape');
  await page.mouse.click(corner[0], corner[1] - 40);
  await expect.poll(async () => (await stateOf(page)).selected).toBe('mark-3');
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await marksOf(page)).map(({ id }) => id)).toEqual(['mark-1', 'mark-2']);
  await page.getByTestId('more-tools').selectOption('eraser');
  await page.mouse.click(left + 3, row);
  await expect.poll(async () => (await marksOf(page)).map(({ id }) => id)).toEqual(['mark-2']);
  expect((await stateOf(page)).errors).toEqual([]);
});

test('left drag changes the window before a tool was chosen; an arrow and the magnifier; nothing is left behind', async ({
  page,
}) => {
  await page.goto(`${served.url}?scene=liver`);
  await expect(page.locator('[data-state="ready"]')).toHaveCount(6);
  const arterial = pane(page, 'arterial');
  await expect(arterial).toContainText('W 820 L 410');
  await drag(page, await pointIn(page, 'arterial', 0.6, 0.7), await pointIn(page, 'arterial', 0.8, 0.7));
  await expect(arterial).not.toContainText('W 820 L 410');

  await tap(page, 'c');
  // What is selected has another colour, so nothing is.
  const clear = await pointIn(page, 'delayed', 0.6, 0.25);
  await page.mouse.click(...clear);
  const clickedAt = await page.evaluate(() => performance.now());
  await expect.poll(async () => (await stateOf(page)).selected).toBeUndefined();
  await expect.poll(async () => (await blobsIn(page, 'delayed')).orange.weight).toBe(0);
  const before = (await blobsIn(page, 'delayed')).bright.weight;
  await page.keyboard.press('n');
  // Cornerstone takes a drag that follows a click at once for a part of it: it waits 400 ms for a second click.
  await page.waitForFunction((at) => performance.now() - at > 500, clickedAt);
  await drag(page, clear, await pointIn(page, 'delayed', 0.7, 0.7));
  await expect.poll(async () => (await marksOf(page)).map(({ tool }) => tool)).toEqual(['arrow']);
  await expect.poll(async () => (await blobsIn(page, 'delayed')).bright.weight).not.toBe(before);
  await page.keyboard.press('Escape');
  await page.mouse.click(...(await pointIn(page, 'delayed', 0.65, 0.475)));
  await page.keyboard.press('Delete');
  // The pane says what is under the pointer, in bright words, too.
  await page.mouse.move(...clear);
  await expect.poll(async () => (await blobsIn(page, 'delayed')).bright.weight).toBe(before);

  await page.keyboard.press('g');
  await page.mouse.move(...(await pointIn(page, 'arterial', 0.5, 0.5)));
  await page.mouse.down();
  await expect(arterial.locator('.magnifyTool canvas')).toBeVisible();
  await page.mouse.move(...(await pointIn(page, 'arterial', 0.55, 0.5)));
  await page.mouse.up();
  await expect(page.locator('.magnifyTool')).toHaveCount(0);
  expect((await stateOf(page)).errors).toEqual([]);
});
