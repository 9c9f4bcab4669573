import { nextTick } from 'vue';
import { useRouter } from 'vue-router';
import type { SavedCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import { dateTime } from '#shared/format.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import { useClient, useHost } from '../client/index.ts';
import type { PickedStudy, StudyKind } from '../client/port.ts';
import { isOpenTab } from '../client/tab-id.ts';
import { translateError } from '../locales/errors.ts';
import { i18n } from '../locales/index.ts';
import type { Wording } from '../locales/said.ts';
import { noteSentence } from '../locales/study.ts';
import { useCaseStore } from '../stores/case.ts';
import { useDialogsStore } from '../stores/dialogs.ts';
import { useJobsStore } from '../stores/jobs.ts';
import { useNoticesStore } from '../stores/notices.ts';
import { folderOfDisc, incompleteDiscNote, isDiscError } from './incomplete-disc.ts';
import { useKeptCases } from './use-kept-cases.ts';

/** The ways into a case, through it and out of it, with the questions each of them has to ask. */
export const useCaseFlow = () => {
  const client = useClient();
  const host = useHost();
  const router = useRouter();
  const current = useCaseStore();
  const dialogs = useDialogsStore();
  const jobs = useJobsStore();
  const records = useKeptCases();
  const notices = useNoticesStore();
  const { t } = i18n.global;

  const { guarded } = notices;

  /** A copy is being made of the study on screen, and its files are needed until that is done. */
  const isHeldByExport = (): boolean => {
    const isHeld = jobs.jobs.some(({ label }) => label === 'deidentify');
    // It goes by itself: once the copy is written it is no longer true.
    if (isHeld) notices.show({ kind: 'info', text: () => t('deidentify.export.running') });
    return isHeld;
  };

  /** False when the user stays with the unsaved case, or has to stay with the study that a copy is made of. */
  const leaveCurrent = async (): Promise<boolean> => {
    if (isHeldByExport()) return false;
    if (!current.dirty) return true;
    const answer = await dialogs.askUnsaved();
    if (answer === 'save') return records.save();
    return answer === 'discard';
  };

  /**
   * Takes what is shown off the screen before something else comes. Its study is closed meanwhile, and what of it is still
   * being decoded ends with it: nobody waits for that.
   */
  const makeRoom = async () => {
    void current.close();
    await nextTick();
  };

  const begin = async (opened: OpenedStudies, factors?: Parameters<typeof current.begin>[2]) => {
    if (opened.studies.length === 0) {
      dialogs.skipped = opened.skipped;
      throw new AppError('nothing-found', 'No DICOM image was found.', { params: { n: opened.files } });
    }
    const [only] = opened.studies;
    const chosen = opened.studies.length === 1 && only ? only : await dialogs.chooseStudy(opened.studies);
    if (!chosen) {
      await client.call('study.close', { openId: opened.openId });
      return;
    }
    await makeRoom();
    current.begin(opened, chosen, factors);
    await router.push({ name: 'case' });
  };

  /** The files that a DICOMDIR does not find may lie beside it all the same, under names that it does not know. */
  const offerFolder = (text: Wording, path: string) => {
    const folder = folderOfDisc(path);
    const run = () => void (folder === undefined ? pickStudy('folder') : openPath(folder));
    notices.show({ kind: 'warning', text, action: { label: () => t('cases.openFolderInstead'), run } });
  };

  const openPath = (path: string): Promise<void> =>
    guarded(async () => {
      if (!(await leaveCurrent())) return;
      try {
        const opened = await jobs.run('open', (jobId) => client.call('study.open', { path, jobId }));
        await begin(opened);
        const incomplete = incompleteDiscNote(opened);
        if (incomplete) offerFolder(() => noteSentence(incomplete), path);
      } catch (error) {
        if (!isDiscError(error)) throw error;
        offerFolder(() => translateError(error), path);
      }
    });

  const openDemo = () =>
    guarded(async () => {
      if (!(await leaveCurrent())) return;
      const demo = await jobs.run('open', (jobId) => client.call('study.openDemo', { jobId }));
      await begin(demo.opened, demo.factors);
      current.offerLesions(demo.lesions);
    });

  const pickStudy = (kind: StudyKind): Promise<void> => openPicked(() => host.pickStudy(kind));

  const openPicked = (pick: () => Promise<PickedStudy | undefined>) =>
    guarded(async () => {
      if (isHeldByExport()) return;
      const picked = await pick();
      if (picked) await openPath(await jobs.pathOf(picked));
    });

  const hasImages = ({ source }: SavedCase) => source.kind !== 'none' && source.kind !== 'simulated';

  /** Undefined, with a word about it, where they are no longer to be had. */
  const imagesOf = async (kept: SavedCase): Promise<OpenedStudies | undefined> => {
    if (!hasImages(kept)) return undefined;
    return jobs
      .run('open', (jobId) => client.call('cases.openImages', { id: kept.id, jobId }))
      .catch((error: unknown) => {
        notices.showError(error);
        return undefined;
      });
  };

  const isClosed = async (caseId: string) => (await client.call('course.get', { caseId })).outcome !== null;

  const openCase = (id: string) =>
    guarded(async () => {
      // It is on screen already, as it was left.
      if (current.savedCase?.id === id && current.opened) {
        await router.push({ name: 'case' });
        return;
      }
      if (!(await leaveCurrent())) return;
      const kept = await client.call('cases.open', { id });
      const images = await imagesOf(kept);
      await makeRoom();
      current.resume(kept, images);
      // What is closed, or never had images, is looked at for its course.
      await router.push({ name: hasImages(kept) && !(await isClosed(id)) ? 'case' : 'course' });
    });

  /** Finds the study of the case on screen where it is now; what was changed meanwhile stays. */
  const relink = () =>
    guarded(async () => {
      const kept = current.savedCase;
      if (!kept) return;
      const picked = await host.pickStudy('folder');
      if (!picked) return;
      const path = await jobs.pathOf(picked);
      const images = await jobs.run('open', (jobId) => client.call('cases.relink', { id: kept.id, path, jobId }));
      if (current.savedCase?.id === kept.id) current.attach(images);
      else await client.call('study.close', { openId: images.openId });
    });

  /** Work that a window left unsaved when it was closed or died, for this one to go on with. */
  const offerLeftWork = () =>
    guarded(async () => {
      const { others } = await client.call('draft.others', { window: await host.windowId() });
      const left: typeof others = [];
      for (const other of others) if (!(await isOpenTab(other.window))) left.push(other);
      for (const { window: from, at, caseId } of left) {
        const take = async () => {
          if (!(await leaveCurrent()) || (caseId !== undefined && !(await records.recordsReady()))) return;
          await makeRoom();
          if (await current.recover(from)) await router.push({ name: 'case' });
        };
        const text = () => t('common.leftWork.text', { when: dateTime(at, i18n.global.locale.value) });
        notices.show({
          kind: 'warning',
          text,
          action: { label: () => t('common.leftWork.take'), run: () => guarded(take) },
        });
      }
    });

  /** The report of a kept case, as its result is. */
  const openReport = async (id: string) => {
    await openCase(id);
    if (current.savedCase?.id === id && current.prediction && !current.outOfDate) await router.push({ name: 'report' });
  };

  /** Shows the images of unsaved work again that has no case yet, from where its study is now. */
  const attachImages = () =>
    guarded(async () => {
      const { study } = current;
      const picked = study && (await host.pickStudy('folder'));
      if (!picked) return;
      const path = await jobs.pathOf(picked);
      const images = await jobs.run('open', (jobId) => client.call('study.open', { path, jobId }));
      const isSame = images.studies.some((one) => one.studyInstanceUID === study.studyInstanceUID);
      if (current.study === study && isSame) {
        current.attach(images);
        return;
      }
      await client.call('study.close', { openId: images.openId });
      throw new AppError('other-study', 'This folder does not hold the study of this case. Choose the one that does.');
    });

  const predict = () =>
    guarded(async () => {
      if (current.refused.length > 0) {
        const { refused } = current;
        const text = () => {
          const list = new Intl.ListFormat(i18n.global.locale.value);
          return t('factors.refused.stops', {
            names: list.format(refused.map(({ factor }) => t(`factors.names.${factor}`))),
          });
        };
        notices.show({ kind: 'warning', text });
        return;
      }
      if (current.canPredict) await jobs.run('predict', (jobId) => current.predict(jobId));
    });

  const compare = (modelId: string) =>
    guarded(async () => {
      if (current.canPredict) await jobs.run('predict', (jobId) => current.compare(jobId, modelId));
    });

  /** The audit log keeps that somebody asked, so the records have to be open first. */
  const showWithheld = () =>
    guarded(async () => {
      if (await records.recordsReady()) await current.showAnyway();
    });

  /** Puts the case on screen away, with the question about unsaved work; false where the user stays with it. */
  const putAway = async (): Promise<boolean> => {
    if (!(await leaveCurrent())) return false;
    await current.close();
    return true;
  };

  return {
    putAway,
    showWithheld,
    openPath,
    openDemo,
    pickStudy,
    acceptDrop: (transfer: DataTransfer) => openPicked(() => host.acceptDrop(transfer)),
    openCase,
    relink,
    offerLeftWork,
    openReport,
    attachImages,
    predict,
    compare,
    recordsReady: records.recordsReady,
    save: () => guarded(async () => void (await records.save())),
  };
};
