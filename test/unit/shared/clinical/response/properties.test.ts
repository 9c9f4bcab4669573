import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Cell, overalls, type Written } from './timelines.ts';

/** From best to worst; what cannot be evaluated is neither. */
const rank = { CR: 0, PR: 1, SD: 2, PD: 3 } as const;
const ranked = (code: string | undefined) => (code && code in rank ? rank[code as keyof typeof rank] : undefined);

const size = fc.integer({ min: 100, max: 900 }).map((tenths) => tenths / 10);
const cell = fc.oneof({ weight: 6, arbitrary: size }, fc.constantFrom<Cell>('gone', 'too-small', 'not-assessed'));
const timeline = fc
  .record({ lesions: fc.integer({ min: 1, max: 4 }), visits: fc.integer({ min: 1, max: 4 }) })
  .chain(({ lesions, visits }) =>
    fc.record({
      criterion: fc.constantFrom('recist-1.1' as const, 'mrecist' as const),
      baseline: fc.array(size, { minLength: lesions, maxLength: lesions }),
      later: fc.array(fc.array(cell, { minLength: lesions, maxLength: lesions }), {
        minLength: visits,
        maxLength: visits,
      }),
    }),
  )
  .map(({ criterion, baseline, later }): Written => ({ criterion, rows: [baseline, ...later] }));

it('never improves where a lesion is added that did not change', () => {
  fc.assert(
    fc.property(timeline, size, (written, unchanged) => {
      const before = overalls(written);
      const after = overalls({ ...written, rows: written.rows.map((row) => [...row, unchanged]) });
      before.forEach((code, index) => {
        const [was, is] = [ranked(code), ranked(after[index])];
        if (was === undefined || is === undefined) return;
        // Growth of the others weighs less in a larger sum, so what was progression by 20 % need not be any more.
        if (was === rank.PD) expect(is).not.toBe(rank.CR);
        else expect(is).toBeGreaterThanOrEqual(was);
      });
    }),
  );
});

it('does not depend on the order of the lesions', () => {
  fc.assert(
    fc.property(timeline, (written) => {
      const lesions = (written.rows[0] ?? []).map((_cell, index) => ({ id: `L${index + 1}`, role: 'target' as const }));
      const turned = { ...written, lesions: lesions.toReversed(), rows: written.rows.map((row) => row.toReversed()) };
      expect(overalls(turned)).toEqual(overalls({ ...written, lesions }));
    }),
  );
});

it('does not depend on whether tenths come as floats of centimetres', () => {
  const inCentimetres = (value: Cell): Cell => (typeof value === 'number' ? (value / 10) * 10 : value);
  fc.assert(
    fc.property(timeline, (written) => {
      expect(overalls({ ...written, rows: written.rows.map((row) => row.map(inCentimetres)) })).toEqual(
        overalls(written),
      );
    }),
  );
});
