import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { compare, isWithin } from '../../../runtime/pictures/compare.ts';
import { fromPng, isMasked, type Rectangle, reduce, toPng } from '../../../runtime/pictures/reduce.ts';
import { differenceSheet } from '../../../runtime/pictures/sheet.ts';

type Colour = readonly [number, number, number];
const APP: Colour = [0x0b, 0x0e, 0x11];
const PANEL: Colour = [0x12, 0x16, 0x1b];
const CONTROL: Colour = [0x1a, 0x20, 0x27];
const TEXT: Colour = [0xe7, 0xec, 0xf1];

const WINDOW = { x: 0, y: 0, width: 1280, height: 800 };
const PANEL_AT = { x: 910, y: 70, width: 370, height: 730 };

const fill = (png: PNG, { x, y, width, height }: Rectangle, colour: Colour): void => {
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) png.data.set([...colour, 255], 4 * (row * png.width + column));
};
/** Lines like those of letters: a third of their box is as bright as text. */
const write = (png: PNG, { x, y, width, height }: Rectangle): void => {
  for (let column = x; column < x + width; column += 3) fill(png, { x: column, y, width: 1, height }, TEXT);
};
const screen = (draw: (png: PNG) => void = () => undefined, size: Rectangle = WINDOW): Buffer => {
  const png = new PNG({ width: size.width, height: size.height });
  fill(png, size, APP);
  fill(png, PANEL_AT, PANEL);
  write(png, { x: 930, y: 100, width: 120, height: 10 });
  draw(png);
  return PNG.sync.write(png);
};
const within = (draw: (png: PNG) => void, masked: Rectangle[] = []): boolean =>
  isWithin(compare(reduce(screen(), masked), reduce(screen(draw), masked)));

describe('a reduced picture', () => {
  it.each([
    [1280, 800, 80, 50],
    [1920, 1080, 80, 45],
    [1000, 701, 77, 54],
  ])('of a window of %i × %i has %i × %i blocks, each the mean of its pixels', (width, height, columns, rows) => {
    const png = new PNG({ width, height });
    fill(png, { x: 0, y: 0, width, height }, [10, 20, 30]);
    const reduced = reduce(PNG.sync.write(png));
    expect(reduced).toMatchObject({ columns, rows });
    expect([...reduced.rgb.slice(-3)]).toEqual([10, 20, 30]);
  });

  it('is the same again from its file, which is small', () => {
    const reduced = reduce(screen());
    const file = toPng(reduced);
    expect(fromPng(file)).toEqual(reduced);
    expect(file.length).toBeLessThan(2000);
  });

  it('marks every block that a mask touches, and none beside it', () => {
    const { columns, ...reduced } = reduce(screen(), [{ x: 17, y: 15, width: 20, height: 2 }]);
    const marked = Array.from({ length: columns * reduced.rows }, (_, block) => block).filter((block) =>
      isMasked({ columns, ...reduced }, block),
    );
    expect(marked).toEqual([1, 2, columns + 1, columns + 2]);
  });
});

describe('a screen that is no longer as its reference', () => {
  it('is the same with edges of letters drawn a little differently', () => {
    expect(within((png) => fill(png, { x: 931, y: 100, width: 1, height: 10 }, [0x50, 0x54, 0x58]))).toBe(true);
  });

  it.each<[string, (png: PNG) => void]>([
    [
      'a notice lies over it',
      (png) => {
        fill(png, { x: 480, y: 740, width: 320, height: 40 }, CONTROL);
        write(png, { x: 500, y: 755, width: 220, height: 10 });
      },
    ],
    ['its panel is missing', (png) => fill(png, PANEL_AT, APP)],
    ['a label runs into another', (png) => write(png, { x: 1000, y: 104, width: 90, height: 10 })],
    ['a label is gone', (png) => fill(png, { x: 930, y: 100, width: 120, height: 10 }, PANEL)],
    ['it has the other theme', (png) => fill(png, WINDOW, [0xee, 0xf1, 0xf4])],
  ])('fails where %s', (_, draw) => {
    expect(within(draw)).toBe(false);
  });

  it('is not judged by what changes from run to run', () => {
    const label = { x: 930, y: 100, width: 120, height: 10 };
    expect(within((png) => fill(png, label, PANEL), [label])).toBe(true);
  });

  it('is not compared with a window of another size', () => {
    const wide = screen(() => undefined, { ...WINDOW, width: 1920, height: 1080 });
    expect(() => compare(reduce(screen()), reduce(wide))).toThrow(RangeError);
  });

  it('says how much and where, and shows old, new and difference beside each other', () => {
    const [reference, now] = [reduce(screen()), reduce(screen((png) => fill(png, PANEL_AT, TEXT)))];
    const { worst } = compare(reference, now);
    expect(worst.x).toBeGreaterThan(0.7);
    expect(worst.levels).toBeGreaterThan(200);
    const sheet = PNG.sync.read(differenceSheet(reference, now));
    expect([sheet.width, sheet.height]).toEqual([3 * 80 * 8, 50 * 8]);
  });
});
