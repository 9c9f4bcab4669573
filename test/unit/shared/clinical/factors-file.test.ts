import { describe, expect, it } from 'vitest';
import { readFactorsFile } from '#shared/clinical/factors-file.ts';

const lesion = {
  id: 'l1',
  label: 'Lesion 1',
  kind: 'target',
  seriesId: 's1',
  longAxis: [
    [0, 0, 0],
    [84, 0, 0],
  ],
};

describe('readFactorsFile', () => {
  it('reads a bare map and a wrapped one alike', () => {
    const factors = { age: 58, afp: { value: 412, unit: 'ng/mL', date: '2026-03-10' } };
    const bare = readFactorsFile(factors);
    expect(bare.values).toEqual({ age: { value: 58, unit: 'years' }, afp: factors.afp });
    expect(readFactorsFile({ factors })).toEqual(bare);
  });

  it('reads lesions beside the factors', () => {
    expect(readFactorsFile({ factors: {}, lesions: [lesion] })).toEqual({
      values: {},
      refused: {},
      lesions: [lesion],
      errors: [],
      warnings: [],
    });
  });

  it('says where a lesion is wrong and keeps the factors', () => {
    const read = readFactorsFile({ factors: { age: 58 }, lesions: [{ ...lesion, longAxis: [[0, 0]] }] });
    expect(read.values.age?.value).toBe(58);
    expect(read.lesions).toEqual([]);
    expect(read.errors[0]?.text).toMatch(/^The lesions cannot be read \(lesions\.0\.longAxis.+two points in mm LPS\.$/);
  });

  it.each([[null], [42], [[1, 2]], ['age'], [{ factors: 3 }], [{ factors: null }]])(
    'refuses %o with the remedy',
    (json) => {
      expect(readFactorsFile(json).errors.map((one) => one.text)).toEqual([
        'The file of factors is not a map. Write { "factors": { "age": 58, … } } or the map alone.',
      ]);
    },
  );

  it('names a misspelt factor', () => {
    expect(readFactorsFile({ factors: { pivka_ii: 40 } }).errors[0]?.text).toBe(
      'There is no factor "pivka_ii". Did you mean "pivkaII"?',
    );
  });
});
