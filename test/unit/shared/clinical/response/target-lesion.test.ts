import { describe, expect, it } from 'vitest';
import { smallestTargetMm, treatedLocally } from '../../../../../src/shared/clinical/response/target-lesion.ts';

describe('a target lesion by RECIST 1.1', () => {
  it.each([
    [undefined, 10],
    [3, 10],
    [5, 10],
    [6, 12],
    [8, 16],
  ])('on slices of %s mm measures at least %i mm', (thickness, mm) => {
    expect(smallestTargetMm(thickness)).toBe(mm);
  });

  it.each(['tace', 'ablation', 'radiotherapy', 'several'])('is in doubt after %s', (value) => {
    expect(treatedLocally({ priorTreatment: { value } })).toBe(true);
  });

  it.each(['none', 'resection', 'systemic', 'other'])('is not in doubt after %s', (value) => {
    expect(treatedLocally({ priorTreatment: { value } })).toBe(false);
  });

  it('is not in doubt where no treatment is entered', () => expect(treatedLocally({})).toBe(false));
});
