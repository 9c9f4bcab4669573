import { expect, it } from 'vitest';
import type { ScannedSeries } from '#shared/study/study.ts';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';

const series = (id: string, role: ScannedSeries['suggestion']['role'], confidence: number) => ({
  id,
  suggestion: { role, confidence, reasons: [] },
});

it('takes the most confident suggestion for each role and leaves a doubtful one to the user', () => {
  const roles = suggestedRoles([
    series('a', 'arterial', 0.6),
    series('b', 'arterial', 0.9),
    series('c', 't2', 0.4),
    series('d', 'other', 1),
  ]);
  expect(roles).toEqual([{ role: 'arterial', seriesId: 'b', origin: 'suggested' }]);
});
