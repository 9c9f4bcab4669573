import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalUnit, factorDefinitions, type Range } from '#shared/clinical/factors.ts';
import { holdFlags } from '#shared/clinical/hold-flags.ts';
import { deriveScores } from '#shared/clinical/scores/index.ts';

const page = readFileSync(new URL('../../../../docs/clinical-factors.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rangeText = ({ low, high }: Range) => `${low.toLocaleString('en-US')}–${high.toLocaleString('en-US')}`;

describe('docs/clinical-factors.md', () => {
  it.each(factorDefinitions.map((factor) => [factor.id, factor] as const))('states what holds for %s', (id, factor) => {
    const row = rows.find((cells) => cells[1] === `\`${id}\``);
    if (factor.kind === 'choice') {
      expect(row?.[3]).toBe(factor.options.map((option) => `\`${option.id}\` ${option.code}`).join(', '));
    } else {
      expect(row?.slice(3, 7)).toEqual([
        canonicalUnit(factor),
        row?.[4],
        rangeText(factor.limits),
        rangeText(factor.usual),
      ]);
    }
  });

  it('names every other unit with its factor', () => {
    for (const factor of factorDefinitions) {
      if (factor.kind !== 'measured') continue;
      const units = rows.find((cells) => cells[1] === `\`${factor.id}\``)?.[4];
      for (const { unit, toCanonical } of factor.units.slice(1)) {
        expect(units, factor.id).toContain(unit);
        if (typeof toCanonical === 'number' && toCanonical !== 1)
          expect(units, factor.id).toContain(`${unit} × ${toCanonical}`);
      }
    }
  });

  it('states formula and source of every score, and the rule of every flag', () => {
    for (const { id, formula, source } of deriveScores({})) {
      expect(
        rows.some((cells) => cells[2] === formula && cells[3] === source),
        id,
      ).toBe(true);
    }
    for (const { id, rule } of holdFlags({}))
      expect(
        rows.some((cells) => cells[1]?.endsWith(rule)),
        id,
      ).toBe(true);
  });
});
