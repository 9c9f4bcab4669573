/** Which of the cases that may be read a study asks about. Pure. */
import type { StudyCandidate } from '#shared/readers/reading-case.ts';

export interface CaseChoice {
  /** Made-up patients and others are never in one study. */
  readonly simulated: boolean;
  readonly which: 'closed' | 'all' | 'chosen';
  /** ISO 8601 days of the examination, both included; empty for any. */
  readonly from: string;
  readonly until: string;
  readonly chosen: ReadonlySet<string>;
}

/** DICOM DA (`20260314`) or ISO 8601 as an ISO day; empty where there is none. */
const dayOf = ({ studyDate }: StudyCandidate): string => {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(studyDate ?? '');
  return match ? `${match[1]}-${match[2]}-${match[3]}` : '';
};

/** Of which kind, and examined between the days that are asked for: a case without a day is in no such span. */
export const offered = (cases: readonly StudyCandidate[], { simulated, from, until }: CaseChoice): StudyCandidate[] =>
  cases.filter((one) => {
    const day = dayOf(one);
    return (
      one.simulated === simulated && (from === '' || day >= from) && (until === '' || (day !== '' && day <= until))
    );
  });

export const casesToRead = (cases: readonly StudyCandidate[], choice: CaseChoice): StudyCandidate[] => {
  const found = offered(cases, choice);
  if (choice.which === 'all') return found;
  return found.filter(({ caseId, closed }) => (choice.which === 'closed' ? closed : choice.chosen.has(caseId)));
};
