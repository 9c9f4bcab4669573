import { useRouter } from 'vue-router';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { dayOfStudy } from '#shared/course/follow-up-study.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import { AppError } from '#shared/errors.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import { useClient, useHost } from '../client/index.ts';
import type { StudyKind } from '../client/port.ts';
import { useCaseStore } from '../stores/case.ts';
import { useCourseStore } from '../stores/course.ts';
import { useDialogsStore } from '../stores/dialogs.ts';
import { useFollowUpStore } from '../stores/follow-up.ts';
import { useJobsStore } from '../stores/jobs.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { useCaseFlow } from './use-case-flow.ts';

/** A later study of a patient into the course that it belongs to, and back to its images months later. */
export const useFollowUps = () => {
  const client = useClient();
  const host = useHost();
  const router = useRouter();
  const current = useCaseStore();
  const course = useCourseStore();
  const dialogs = useDialogsStore();
  const store = useFollowUpStore();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  const flow = useCaseFlow();

  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      notices.showError(error);
    }
  };

  const show = async (timePointId: string) => {
    store.shownId = timePointId;
    await router.push({ name: 'follow-up' });
  };

  /** Adds what was opened, with the values of the day that came with it; false where a person chose not to, or stayed elsewhere. */
  const add = async (opened: OpenedStudies, factors: FactorValues): Promise<boolean> => {
    if (opened.studies.length === 0) {
      dialogs.skipped = opened.skipped;
      throw new AppError('nothing-found', 'No DICOM image was found.', { params: { n: opened.files } });
    }
    const [only] = opened.studies;
    const study = opened.studies.length === 1 && only ? only : await dialogs.chooseStudy(opened.studies);
    if (!study) return false;
    const { openId } = opened;
    const { studyInstanceUID } = study;
    const { candidates } = await client.call('course.propose', { openId, studyInstanceUID });
    if (candidates.length === 0) {
      throw new AppError(
        'no-course-of-person',
        'No course is kept of this patient. Open the study, save it as a case, and its follow-ups belong to it.',
      );
    }
    const here = candidates.find(({ caseId }) => caseId === current.savedCase?.id);
    const isPlain = here?.verdict === 'same' && dayOfStudy(study) !== undefined;
    const target = isPlain
      ? { caseId: here.caseId, samePerson: false }
      : await dialogs.askFollowUp({ study, candidates, here: here?.caseId });
    if (!target) return false;
    if (target.caseId !== current.savedCase?.id) await flow.openCase(target.caseId);
    // Somebody stayed with unsaved work.
    if (target.caseId !== current.savedCase?.id) return false;
    const isOnScreen = course.course?.caseId === target.caseId;
    const added = await client.call('course.addFollowUp', {
      ...target,
      openId,
      studyInstanceUID,
      ...(isOnScreen && course.amendment ? { amendment: course.amendment } : {}),
    });
    store.put(added.timePointId, opened);
    await course.load(target.caseId);
    const point = added.course.timePoints.find(({ id }) => id === added.timePointId);
    if (point && Object.keys(factors).length > 0) {
      const body = { ...point, factors: { ...factors, ...point.factors } };
      await course.write([{ kind: 'time-point', id: point.id, body }]);
    }
    await show(added.timePointId);
    return true;
  };

  const openThrough = (
    open: () => Promise<{ opened: OpenedStudies; factors: FactorValues } | undefined>,
  ): Promise<void> =>
    guarded(async () => {
      if (!(await flow.recordsReady())) return;
      const found = await open();
      if (!found) return;
      const { opened, factors } = found;
      let isAdded = false;
      try {
        isAdded = await add(opened, factors);
      } finally {
        if (!isAdded) await store.close(opened);
      }
    });

  /** Takes a folder, a zip or a DICOMDIR. */
  const openFollowUp = (kind: StudyKind) =>
    openThrough(async () => {
      const picked = await host.pickStudy(kind);
      if (!picked) return undefined;
      const path = await jobs.pathOf(picked);
      const opened = await jobs.run('open', (jobId) => client.call('study.open', { path, jobId }));
      return { opened, factors: {} };
    });

  /** The next of the two that come with the demonstration patient. */
  const openDemoFollowUp = (followUp: number) =>
    openThrough(() => jobs.run('open', (jobId) => client.call('study.openDemo', { jobId, followUp })));

  const open = (timePointId: string, path?: string) =>
    jobs.run('open', async (jobId) => {
      const caseId = current.savedCase?.id;
      if (caseId === undefined) return;
      const given = path === undefined ? {} : { path };
      const images = await client.call('course.openImages', { caseId, timePointId, jobId, ...given });
      if (current.savedCase?.id !== caseId) {
        await store.close(images);
        return;
      }
      store.put(timePointId, images);
      if (path !== undefined) await course.load(caseId);
    });

  /** Opens the images of a time point where they are not open yet; those of the baseline are the case's. */
  const openImages = (timePointId: string): Promise<void> =>
    guarded(async () => {
      if (timePointId !== BASELINE && !store.opened.has(timePointId)) await open(timePointId);
    });

  /** Finds the images of a time point in another place. */
  const relinkImages = (timePointId: string): Promise<void> =>
    guarded(async () => {
      if (timePointId === BASELINE) return flow.relink();
      const picked = await host.pickStudy('folder');
      if (picked) await open(timePointId, await jobs.pathOf(picked));
    });

  return { openFollowUp, openDemoFollowUp, openImages, relinkImages, show };
};
