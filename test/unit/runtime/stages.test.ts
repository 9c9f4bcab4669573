import { expect, it } from 'vitest';
import { stages, suites } from '../../runtime/suites/suites.ts';

it('no suite is left out of the stages, and none stands in two', () => {
  expect(stages.flat().sort()).toEqual(Object.keys(suites).sort());
});
