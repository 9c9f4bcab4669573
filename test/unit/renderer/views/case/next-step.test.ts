import { expect, it } from 'vitest';
import { type CaseState, nextStep } from '../../../../../src/renderer/views/case/next-step.ts';

const opened: CaseState = {
  hasImages: true,
  hasMr: true,
  hasModel: true,
  hasArterial: true,
  rolesConfirmed: false,
  hasLesion: false,
  factorsSeen: false,
  refused: 0,
  predicted: false,
  notComputable: false,
  dirty: false,
  maySave: true,
};

it('leads from the images to the report, one thing at a time', () => {
  let state = opened;
  const way: (string | undefined)[] = [];
  for (const done of [
    { rolesConfirmed: true, dirty: true },
    { hasLesion: true },
    { factorsSeen: true },
    { predicted: true },
    { dirty: false },
  ]) {
    way.push(nextStep(state));
    state = { ...state, ...done };
  }
  expect([...way, nextStep(state)]).toEqual(['confirm', 'lesion', 'factors', 'predict', 'save', 'report']);
});

it('says what stands in the way, and leads round what cannot be done', () => {
  const ready = { ...opened, rolesConfirmed: true, hasLesion: true, factorsSeen: true };
  expect(nextStep({ ...opened, hasImages: false })).toBeUndefined();
  expect(nextStep({ ...opened, hasMr: false, hasArterial: false })).toBe('other-study');
  expect(nextStep({ ...opened, hasArterial: false })).toBe('assign');
  expect(nextStep({ ...ready, refused: 1 })).toBe('repair');
  expect(nextStep({ ...ready, hasModel: false })).toBe('model');
  expect(nextStep({ ...ready, notComputable: true })).toBe('assign');
  // Who may not save has seen the number, and goes on.
  expect(nextStep({ ...ready, predicted: true, dirty: true, maySave: false })).toBe('report');
});
