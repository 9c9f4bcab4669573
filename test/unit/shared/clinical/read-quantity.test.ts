import { describe, expect, it } from 'vitest';
import { readNumber, readQuantity } from '#shared/clinical/read-quantity.ts';
import { isUnit } from '#shared/clinical/units.ts';

describe('readNumber', () => {
  it.each([
    ['35', [35]],
    ['.5', [0.5]],
    ['1.234', [1.234]],
    ['3,5', [3.5]],
    ['0,234', [0.234]],
    ['1234,5', [1234.5]],
    ['1,234', [1234, 1.234]],
    ['1,234.5', [1234.5]],
    ['1.234,5', [1234.5]],
    ['1,234,567', [1_234_567]],
    ['1.234.567', [1_234_567]],
    ['60 500', [60_500]],
    ['60 500,5', [60_500.5]],
  ])('reads %s', (text, values) => expect(readNumber(text)).toEqual(values));

  it.each(['', '.', '1.2.3', '1,2,3', '1,2345,678', '3.', 'x'])('does not read "%s"', (text) =>
    expect(readNumber(text)).toBeUndefined(),
  );
});

describe('readQuantity', () => {
  it.each([
    [' 3.5 ', { values: [3.5] }],
    ['３５．５', { values: [35.5] }],
    ['2.3E5', { values: [230_000] }],
    ['2.3×10^5 IU/mL', { values: [230_000], unit: 'IU/mL' }],
    ['2.3×10⁵IU/ml', { values: [230_000], unit: 'IU/ml' }],
    ['176 ×10⁹/L', { values: [176], unit: '×10^9/L' }],
    ['4.0 g/dL', { values: [4], unit: 'g/dL' }],
    ['4.0ｇ／ｄＬ', { values: [4], unit: 'g/dL' }],
    ['>60500', { values: [60_500], comparator: '>' }],
    ['＜0.61', { values: [0.61], comparator: '<' }],
    ['≤ 20 IU/mL', { values: [20], comparator: '<=', unit: 'IU/mL' }],
    ['大于 60500 ng/mL', { values: [60_500], comparator: '>', unit: 'ng/mL' }],
    ['38 U/L ↑', { values: [38], unit: 'U/L' }],
    ['38 H', { values: [38] }],
    ['35 g/L L', { values: [35], unit: 'g/L' }],
    ['58岁', { values: [58], unit: '岁' }],
    ['1,234 mAU/mL', { values: [1234, 1.234], unit: 'mAU/mL' }],
    // What is left over stays with the quantity, to be refused as no unit.
    ['35 about', { values: [35], unit: 'about' }],
  ])('reads %s whole', (text, read) => expect(readQuantity(text, isUnit)).toEqual(read));

  it.each(['', '-3', '~3', 'high', '<', 'IU/mL', '--'])('does not read "%s"', (text) =>
    expect(readQuantity(text, isUnit)).toBeUndefined(),
  );
});
