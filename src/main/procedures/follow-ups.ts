import type { CaseSummary } from '#shared/cases/case.ts';
import type { CourseCandidate } from '#shared/course/candidate.ts';
import { type Course, type CourseWrite, partKey } from '#shared/course/course.ts';
import {
  dayOfStudy,
  type FollowUpRefusal,
  followUpRefusal,
  pointWithoutImages,
} from '#shared/course/follow-up-study.ts';
import { comparePersons } from '#shared/course/same-person.ts';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import { AppError } from '#shared/errors.ts';
import { today } from '#shared/format.ts';
import type { OpenedStudies, PatientIdentity, ScannedStudy } from '#shared/study/study.ts';
import { suggestedRoles } from '#shared/study/suggested-roles.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { RecordsStore } from '../cases/records-store.ts';
import type { Vault } from '../cases/vault.ts';
import type { StudySource } from '../study/records.ts';
import type { StudyService } from '../study/service.ts';
import { followUpKey, type Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';
import { demoFollowUpOf, demoSource } from './study.ts';

export interface FollowUpOptions {
  vault: Pick<Vault, 'store' | 'note'>;
  studies: Pick<StudyService, 'open' | 'close' | 'source' | 'study'>;
  session: Pick<Session, 'keepSource' | 'source'>;
  jobs: Jobs;
  resourcesFolder: string;
  resolveSource: (path: string) => StudySource;
  actor: () => Actor;
  changed: (caseId: string) => void;
}

type FollowUpProcedure = 'course.propose' | 'course.addFollowUp' | 'course.openImages';

/** So many of each search are looked at more closely. */
const LOOKED_AT = 50;

const refused = (why: FollowUpRefusal): AppError => {
  if (why === 'same-study') {
    return new AppError(
      'follow-up-same-study',
      'This study is in the course already. Choose the folder of the later examination.',
    );
  }
  if (why === 'no-mr') {
    return new AppError(
      'follow-up-no-mr',
      'This folder holds no MR images. A follow-up is measured on the MRI of the liver: choose its folder.',
    );
  }
  if (why === 'undated') {
    return new AppError('follow-up-undated', 'The study names no day. Say when it was made, then add it.');
  }
  if (why === 'in-future') {
    return new AppError(
      'follow-up-in-future',
      'The day of this study is still to come. Check it; if it is right, check the clock of this computer.',
    );
  }
  return new AppError(
    'follow-up-before-baseline',
    'This study was made before the baseline of the course. Choose a later one, or check both dates.',
  );
};

const otherPerson = () =>
  new AppError(
    'other-person',
    'These images are of another patient than the course. Nothing was added. Choose the folder of this patient.',
  );

const doubtful = () =>
  new AppError(
    'doubtful-person',
    'The images and the course do not say the same of who the patient is. Compare both, then say whether it is the same person.',
  );

const gone = (detail: string) =>
  new AppError(
    'images-gone',
    'The images of this case are no longer where they were. The case and its numbers are kept: open the study again to see the images.',
    { detail },
  );

/** Agreeing first, then by how much; pure. */
const byVerdict = (a: CourseCandidate, b: CourseCandidate): number =>
  Number(a.verdict !== 'same') - Number(b.verdict !== 'same') ||
  Number(a.closed) - Number(b.closed) ||
  b.agreeing.length - a.agreeing.length;

/** What a search for a patient may go by. */
const searchesFor = ({ patientId, patientName }: PatientIdentity): string[] =>
  [patientId, patientName].map((text) => text.trim().slice(0, 200)).filter((text) => text !== '');

const candidatesFor = (store: RecordsStore, patient: PatientIdentity): CourseCandidate[] => {
  const found = new Map<string, CaseSummary>();
  for (const text of searchesFor(patient)) {
    for (const one of store.list({ text, limit: LOOKED_AT }).cases) found.set(one.id, one);
  }
  return [...found.values()]
    .filter(({ unreadable, simulated }) => !unreadable && !simulated)
    .flatMap((one): CourseCandidate[] => {
      const { study } = store.get(one.id);
      const compared = comparePersons(patient, study.patient);
      if (compared.verdict === 'other') return [];
      const [baseline] = store.course(one.id).timePoints;
      return [
        {
          caseId: one.id,
          patient: study.patient,
          baseline: baseline?.date ?? '',
          ...(study.studyDescription === undefined ? {} : { studyDescription: study.studyDescription }),
          followUps: one.course?.followUps ?? 0,
          closed: one.course?.state === 'closed',
          verdict: compared.verdict,
          agreeing: [...compared.agreeing],
          differing: [...compared.differing],
        },
      ];
    })
    .sort(byVerdict);
};

/** Where the images are, as the records keep it. */
const keptPlace = ({ kind, path }: StudySource): { kind: StudySource['kind']; path: string } => {
  if (kind === 'path') return { kind, path };
  const number = kind === 'demo' ? demoFollowUpOf(path) : undefined;
  return { kind, path: number === undefined ? '' : `follow-up-${number}` };
};

const studyPart = (study: ScannedStudy, source: StudySource): TimePoint['study'] => ({
  state: 'opened',
  studyInstanceUID: study.studyInstanceUID,
  ...(study.studyDescription === undefined ? {} : { description: study.studyDescription }),
  ...keptPlace(source),
});

/** As a time point: the one of its day that has no images yet, else a new one. */
const timePointOf = (course: Course, study: ScannedStudy, source: StudySource, day: string): TimePoint => {
  const before = pointWithoutImages(course.timePoints, day);
  const images = { study: studyPart(study, source), roles: suggestedRoles(study.series) };
  return before
    ? { ...before, ...images }
    : { id: crypto.randomUUID(), date: day, measures: {}, factors: {}, ...images };
};

const writeOf = (course: Course, body: TimePoint): CourseWrite => ({
  kind: 'time-point',
  id: body.id,
  body,
  base: course.revisions[partKey('time-point', body.id)] ?? null,
});

/** Later studies of a patient as the follow-ups of a course. */
export const followUpHandlers = (options: FollowUpOptions): Pick<HandlersOf<'course'>, FollowUpProcedure> => {
  const { vault, studies, session, jobs, resourcesFolder, resolveSource, actor, changed } = options;
  const sourceOf = (caseId: string, point: TimePoint): StudySource => {
    const { study } = point;
    if (study.state === 'none') {
      throw new AppError(
        'no-images',
        'There are no images of this time point: its numbers were entered from a report.',
      );
    }
    if (study.kind === 'demo') return demoSource(resourcesFolder, demoFollowUpOf(study.path));
    const handedOver = session.source(followUpKey(caseId, point.id));
    if (study.kind === 'upload' && !handedOver) throw gone('handed over by a browser, in an earlier session');
    if (handedOver) return handedOver;
    // It came with an export of another installation, and was not linked here yet.
    if (study.path === '') throw gone('never here');
    return { kind: 'path', path: study.path };
  };

  const rightStudy = ({ studies: found }: OpenedStudies, { study: wanted }: TimePoint): ScannedStudy | undefined =>
    wanted.state === 'none' ? undefined : found.find((one) => one.studyInstanceUID === wanted.studyInstanceUID);

  /** A closed course is only read: its images are looked at from where they are, and that is not remembered. */
  const remember = (caseId: string, point: TimePoint, study: ScannedStudy, source: StudySource): void => {
    session.keepSource(followUpKey(caseId, point.id), source);
    const course = vault.store().course(caseId);
    if (course.outcome !== null) return;
    const writes = [writeOf(course, { ...point, study: studyPart(study, source) })];
    vault.store().writeCourse(caseId, writes, { actor: actor() });
    changed(caseId);
  };

  return {
    'course.propose': ({ openId, studyInstanceUID }) => ({
      candidates: candidatesFor(vault.store(), studies.study(openId, studyInstanceUID).patient),
    }),
    'course.addFollowUp': ({ caseId, openId, studyInstanceUID, samePerson, date, amendment }) => {
      const study = studies.study(openId, studyInstanceUID);
      const course = vault.store().course(caseId);
      const compared = comparePersons(study.patient, vault.store().get(caseId).study.patient);
      if (compared.verdict === 'other') throw otherPerson();
      if (compared.verdict === 'doubtful' && !samePerson) throw doubtful();
      const day = dayOfStudy(study) ?? date;
      const refusal = followUpRefusal(course.timePoints, study, day, today());
      if (refusal !== undefined || day === undefined) throw refused(refusal ?? 'undated');
      const source = studies.source(openId);
      const point = timePointOf(course, study, source, day);
      const after = vault.store().writeCourse(caseId, [writeOf(course, point)], { actor: actor(), amendment });
      session.keepSource(followUpKey(caseId, point.id), source);
      vault.note({
        action: 'course.followUpOpened',
        caseId,
        detail: { person: compared.verdict, differing: compared.differing },
      });
      changed(caseId);
      return { course: after, timePointId: point.id };
    },
    'course.openImages': ({ caseId, timePointId, path, jobId }) =>
      jobs.run(jobId, async (callOptions) => {
        const point = vault
          .store()
          .course(caseId)
          .timePoints.find(({ id }) => id === timePointId);
        if (!point || point.id === BASELINE) {
          throw new AppError('no-images', 'There are no images of this time point here.');
        }
        const source = path === undefined ? sourceOf(caseId, point) : resolveSource(path);
        const opened = await studies.open(source, callOptions).catch((error: unknown) => {
          if (path === undefined && error instanceof AppError && error.code !== 'cancelled') throw gone(error.code);
          throw error;
        });
        const found = rightStudy(opened, point);
        if (!found) {
          await studies.close(opened.openId);
          if (path === undefined) throw gone('another study is there now');
          throw new AppError(
            'other-study',
            'This folder does not hold the study of this case. Choose the one that does.',
          );
        }
        if (path !== undefined) remember(caseId, point, found, source);
        return opened;
      }),
  };
};
