/**
 * What every procedure of the contract may say to somebody who reads a case in a reader study and is not through: nothing of what
 * the model made of it, and nothing of what became of it. One table for page, HTTP and command line, held at the boundary of the
 * application; a procedure without a line here does not compile (ADR 23).
 */
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { Covered } from '../cases/readers/covered-cases.ts';

interface Held<N extends ProcedureName> {
  /** Ids of the cases, or UIDs of the studies, that a call is about: refused where one of them is covered. */
  of?: (input: ProcedureInput<N>) => readonly (string | undefined)[];
  /** The answer without what it says of covered cases. */
  without?: (answer: ProcedureOutput<N>, covered: Covered) => ProcedureOutput<N>;
}

type Rule<N extends ProcedureName> =
  /** Says neither what a model made of a kept case nor what became of it. */
  | 'nothing'
  /** Asks by itself what is covered: a page of a list has to be counted without what is not on it. */
  | 'itself'
  /** Speaks of every case at once, in one piece: refused while anything is covered. */
  | 'whole'
  | Held<N>;

type CaseOf = { readonly caseId?: string | undefined };
type IdOf = { readonly id?: string | undefined };
const byCase = { of: ({ caseId }: CaseOf) => [caseId] };
type StudyOf = { readonly studyInstanceUID?: string | undefined };
const byStudy = { of: ({ studyInstanceUID }: StudyOf) => [studyInstanceUID] };
const byId = { of: ({ id }: IdOf) => [id] };

type DraftAnswer = ProcedureOutput<'draft.get'>;
const withoutPrediction = (answer: DraftAnswer, { caseIds, studyUids }: Covered): DraftAnswer => {
  const { draft } = answer;
  const isCovered = draft && (caseIds.has(draft.caseId ?? '') || studyUids.has(draft.studyInstanceUID));
  return isCovered ? { ...answer, prediction: null, comparison: null } : answer;
};

type BoardAnswer = ProcedureOutput<'board.get'>;
const withoutStates = (answer: BoardAnswer, { caseIds }: Covered): BoardAnswer => ({
  ...answer,
  lines: answer.lines.map((line) => (caseIds.has(line.caseId) ? { ...line, missing: [], decided: false } : line)),
});

type ActionsAnswer = ProcedureOutput<'board.actions'>;
const withoutActions = ({ actions }: ActionsAnswer, { caseIds }: Covered): ActionsAnswer => ({
  actions: actions.filter(({ caseId }) => !caseIds.has(caseId)),
});

const rules: { readonly [N in ProcedureName]: Rule<N> } = {
  'app.info': 'nothing',
  'app.pageFailed': 'nothing',
  'settings.get': 'nothing',
  'settings.set': 'nothing',

  'identity.status': 'nothing',
  'identity.signIn': 'nothing',
  'identity.lock': 'nothing',
  'identity.recover': 'nothing',
  'identity.changePassword': 'nothing',
  'identity.turnOff': 'nothing',
  'identity.turnOn': 'nothing',
  'users.list': 'nothing',
  'users.add': 'nothing',
  'users.change': 'nothing',

  // The images of a study, which its reader sees as well.
  'study.open': 'nothing',
  'study.openDemo': 'nothing',
  'study.close': 'nothing',
  'study.volume': 'nothing',
  'study.slice': 'nothing',
  'study.thumbnail': 'nothing',
  'study.tags': 'nothing',
  'study.previewDeidentified': 'nothing',
  'study.exportDeidentified': 'nothing',
  'job.cancel': 'nothing',

  'models.list': 'nothing',
  'models.card': 'nothing',
  'models.install': 'nothing',
  'models.remove': 'nothing',
  'models.setDefault': 'nothing',
  'models.refresh': 'nothing',
  'models.provider': 'nothing',
  'models.selfTest': 'nothing',
  'prediction.run': byStudy,
  'prediction.whatIf': { of: ({ caseId, studyInstanceUID }) => [caseId, studyInstanceUID] },
  'prediction.showWithheld': byCase,

  'records.status': 'nothing',
  'records.create': 'nothing',
  'records.unlock': 'nothing',
  'records.untoldRecoveryKey': 'nothing',
  'records.lock': 'nothing',
  'records.newRecoveryKey': 'nothing',
  'records.rekey': 'nothing',
  'records.verify': 'nothing',
  'records.salvage': 'nothing',
  'records.export': 'whole',
  // Says of each case whether it is here, and nothing of what it holds.
  'records.import': 'nothing',

  'draft.keep': 'nothing',
  'draft.get': { without: withoutPrediction },
  'draft.others': 'nothing',
  'draft.take': { without: withoutPrediction },
  'keyImages.put': 'nothing',
  'keyImages.read': byCase,

  'cases.list': 'itself',
  'cases.save': { of: ({ caseId, studyInstanceUID }) => [caseId, studyInstanceUID] },
  'cases.get': byId,
  'cases.open': byId,
  'cases.printed': 'nothing',
  'cases.export': byId,
  'report.get': byCase,
  'report.make': byCase,
  // It would say of any number whether it is the right one.
  'report.check': { of: ({ content }) => [content.case.id] },
  'cases.openImages': byId,
  'cases.relink': byId,
  'cases.trash': 'nothing',
  // A patient's wish to be erased waits for no study; both say who the patient is, and nothing else.
  'cases.erase': 'nothing',
  'cases.restore': 'nothing',
  'cases.ofPatient': 'nothing',
  'cases.erasePatient': 'nothing',

  'course.get': byCase,
  'course.write': byCase,
  // Images of later days show what became of it.
  'course.openImages': byCase,
  'course.propose': {
    without: ({ candidates }, { caseIds }) => ({ candidates: candidates.filter(({ caseId }) => !caseIds.has(caseId)) }),
  },
  'course.addFollowUp': byCase,
  'course.import': 'nothing',
  'course.takeBack': 'nothing',
  'course.export': 'whole',
  'course.waterfall': 'itself',
  'course.simulated': 'nothing',
  'course.loadSimulated': 'nothing',
  'course.removeSimulated': 'nothing',
  'course.history': byCase,

  'evidence.rows': 'itself',
  // Two numbers over hundreds of patients.
  'evidence.recalibrations': 'nothing',
  'evidence.recalibrate': 'whole',
  'evidence.withdraw': 'nothing',
  // Of the neighbours it asks by itself which may be told of.
  'evidence.neighbours': { of: ({ caseId, opened }) => [caseId, opened?.studyInstanceUID] },

  // Counts what is decided without what is covered.
  'board.list': 'itself',
  'board.get': { without: withoutStates },
  'board.save': { without: withoutStates },
  'board.remove': 'nothing',
  'board.ask': byCase,
  'board.slide': byCase,
  'board.showModel': byCase,
  'board.decide': byCase,
  'board.decisions': byCase,
  'board.actions': { without: withoutActions },
  'board.setDone': { ...byCase, without: withoutActions },

  'readers.list': 'nothing',
  'readers.candidates': 'itself',
  'readers.begin': 'itself',
  'readers.leave': 'nothing',
  'readers.close': 'nothing',
  // What of a study's cases may be seen when is their own matter.
  'readers.worklist': 'nothing',
  'readers.item': 'itself',
  'readers.picture': 'itself',
  'readers.openImages': 'itself',
  'readers.lock': 'itself',
  'readers.results': 'itself',

  'backup.status': 'nothing',
  'backup.make': 'nothing',
  'backup.chooseFolder': 'nothing',
  'backup.preview': 'nothing',
  'backup.restore': 'nothing',

  'support.selfCheck': 'nothing',
  'support.preview': 'nothing',
  'support.save': 'nothing',
  'pacs.save': 'nothing',
  'pacs.remove': 'nothing',
  'pacs.echo': 'nothing',
  // Images in a reading are known by their UID: an archive would say whose they are.
  'pacs.find': { of: ({ query }) => [query.studyInstanceUID] },
  'pacs.plan': byStudy,
  'pacs.fetch': byStudy,
  'pacs.send': byId,
  'audit.list': 'itself',
  'audit.names': 'nothing',
  'audit.export': 'whole',
};

export const caseCovered = (): AppError =>
  new AppError(
    'case-covered',
    'You read this case in a reader study. Until you are through with the study, or leave it, nothing is told of what the model said or what became of the patient.',
  );

const allCovered = (): AppError =>
  new AppError(
    'cases-covered',
    'This speaks of every case, also of those that you read in a reader study. Finish the study or leave it, then try again.',
  );

/** Can the answer of this procedure depend on what is covered? */
export const asksCover = (name: ProcedureName): boolean => rules[name] !== 'nothing';

/** Throws `case-covered`, or `cases-covered`, where a call would tell of a covered case. */
export const assertUncovered = (name: ProcedureName, input: unknown, { caseIds, studyUids }: Covered): void => {
  if (caseIds.size === 0) return;
  const rule = rules[name] as Rule<never>;
  if (rule === 'whole') throw allCovered();
  if (typeof rule === 'string') return;
  const named = rule.of?.(input as never) ?? [];
  if (named.some((id) => id !== undefined && (caseIds.has(id) || studyUids.has(id)))) throw caseCovered();
};

/** The answer without what it says of covered cases. */
export const withoutCovered = (name: ProcedureName, answer: unknown, covered: Covered): unknown => {
  const rule = rules[name] as Rule<never>;
  if (covered.caseIds.size === 0 || typeof rule === 'string' || !rule.without) return answer;
  return rule.without(answer as never, covered);
};
