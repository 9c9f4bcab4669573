import { expect, test } from 'vitest';
import type { StudyCandidate } from '#shared/readers/reading-case.ts';
import { type CaseChoice, casesToRead } from '../../../../../src/renderer/views/readers/cases-to-read.ts';

const candidate = (caseId: string, given: Partial<StudyCandidate> = {}): StudyCandidate => ({
  caseId,
  patientName: caseId,
  patientId: caseId,
  studyDate: '20240301',
  closed: true,
  predicted: true,
  simulated: false,
  keyImages: 3,
  ...given,
});
const cases = [
  candidate('a'),
  candidate('b', { closed: false, studyDate: '2024-06-30' }),
  candidate('c', { studyDate: null }),
  candidate('made-up', { simulated: true }),
];
const choice: CaseChoice = {
  simulated: false,
  which: 'closed',
  from: '',
  until: '',
  chosen: new Set(['b', 'made-up']),
};
const idsOf = (given: Partial<CaseChoice>) => casesToRead(cases, { ...choice, ...given }).map(({ caseId }) => caseId);

test.each([
  ['with an outcome', {}, ['a', 'c']],
  ['all', { which: 'all' }, ['a', 'b', 'c']],
  ['chosen, and never a made-up one among others', { which: 'chosen' }, ['b']],
  ['made-up ones', { which: 'all', simulated: true }, ['made-up']],
  ['from a day on, which one without a day does not lie in', { which: 'all', from: '2024-03-02' }, ['b']],
  ['until a day, that day included', { which: 'all', until: '2024-03-01' }, ['a']],
] as const)('%s', (_what, given, ids) => {
  expect(idsOf(given)).toStrictEqual(ids);
});
