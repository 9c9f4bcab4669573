import { nextTick, shallowRef } from 'vue';
import type { BoardLine } from '#shared/board/slide.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { KeyImage } from '#shared/cases/key-image.ts';
import { AppError } from '#shared/errors.ts';
import { subtract } from '#shared/study/geometry.ts';
import { indexLesion } from '#shared/study/lesion.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { lesionPlace, shiftOf, shiftsInForce } from '#shared/study/series-shift.ts';
import type { ScannedStudy } from '#shared/study/study.ts';
import { draftWith, mapPrediction } from '../../board/case-to-prepare.ts';
import { useClient } from '../../client/index.ts';
import { showsPlace } from '../../key-images/shows-place.ts';
import { takeIndexImages } from '../../key-images/take-index-images.ts';
import { translateError } from '../../locales/errors.ts';
import type { Wording } from '../../locales/said.ts';
import { planPanes } from '../../series/pane-plan.ts';
import { usePicturesStore } from '../../stores/pictures.ts';
import type { PaneSpec, ViewerCommands } from '../../viewer/contract.ts';

export interface Prepared {
  caseId: string;
  state: 'done' | 'skipped' | 'failed';
  /** Key images at the index lesion. */
  images: number;
  /** Series that could not be shown. */
  unshown: number;
  /** Why it failed. */
  reason?: Wording;
}

/** What the viewer is given of the case that is being prepared. */
export interface Shown {
  openId: string;
  saved: SavedCase;
  study: ScannedStudy;
  panes: PaneSpec[];
}

const hasImages = ({ missing }: BoardLine): boolean =>
  !missing.some(({ code }) => code === 'images-gone' || code === 'no-images' || code === 'unreadable');

/** Goes through the cases of a list once: opens each, waits until its panes are there, keeps their pictures with the case. */
export const usePreparing = (viewer: () => Pick<ViewerCommands, 'picturesAt'> | null) => {
  const client = useClient();
  const pictures = usePicturesStore();
  const shown = shallowRef<Shown>();
  const at = shallowRef(-1);
  const results = shallowRef<Prepared[]>([]);
  const isStopped = shallowRef(false);
  let jobId = '';
  /** Answers once every pane has either its series or a failure. */
  let pane: ((role: ModelRole | undefined) => void) | undefined;

  const panesSettled = (wanted: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const ready = new Set<ModelRole>();
      let failures = 0;
      pane = (role) => {
        if (isStopped.value) reject(new AppError('cancelled', 'Stopped.'));
        if (role) ready.add(role);
        else failures += 1;
        if (ready.size + failures >= wanted) resolve(failures);
      };
      if (wanted === 0) resolve(0);
    });

  const take = async (one: Shown): Promise<readonly KeyImage[]> => {
    const lesion = indexLesion(one.saved.lesions);
    const shifts = shiftsInForce(one.saved.shifts ?? [], one.saved.roles);
    const at = lesion && lesionPlace(shifts, lesion);
    return takeIndexImages({
      pictures: (await viewer()?.picturesAt(at)) ?? [],
      roles: one.saved.roles,
      predictionId: mapPrediction(one.saved)?.id,
      before: one.saved.keyImages.filter(
        (image) =>
          image.origin === 'index-lesion' &&
          (!at || showsPlace(image, subtract(at, shiftOf(shifts, image.seriesId)), one.study.series)),
      ),
      kept: one.saved.keyImages.filter(({ origin }) => origin === 'kept'),
      put: pictures.put,
    });
  };

  const open = async (caseId: string): Promise<Shown> => {
    const saved = await client.call('cases.get', { id: caseId });
    jobId = crypto.randomUUID();
    const { openId, studies } = await client.call('cases.openImages', { id: caseId, jobId });
    const study = studies.find(({ studyInstanceUID }) => studyInstanceUID === saved.study.studyInstanceUID);
    if (!study) throw new AppError('images-gone', 'Another study is there now.');
    return { openId, saved, study, panes: planPanes(study.series, saved.roles, {}) };
  };

  const prepareOne = async ({ caseId }: BoardLine): Promise<Prepared> => {
    const one = await open(caseId);
    try {
      const settled = panesSettled(one.panes.filter(({ series }) => series !== undefined).length);
      shown.value = one;
      const unshown = await settled;
      await nextTick();
      const taken = await take(one);
      const draft = draftWith(one.saved, one.openId, taken);
      if (draft) await client.call('cases.save', draft);
      return { caseId, state: 'done', images: taken.length, unshown };
    } finally {
      pane = undefined;
      shown.value = undefined;
      await nextTick();
      await client.call('study.close', { openId: one.openId }).catch(() => undefined);
    }
  };

  const outcomeOf = async (line: BoardLine): Promise<Prepared | undefined> => {
    const none = { caseId: line.caseId, images: 0, unshown: 0 };
    if (!hasImages(line)) return { ...none, state: 'skipped' };
    try {
      return await prepareOne(line);
    } catch (error) {
      if (isStopped.value) return undefined;
      return { ...none, state: 'failed', reason: () => translateError(error) };
    }
  };

  const run = async (lines: readonly BoardLine[]): Promise<void> => {
    for (const [index, line] of lines.entries()) {
      if (isStopped.value) break;
      at.value = index;
      const outcome = await outcomeOf(line);
      if (outcome) results.value = [...results.value, outcome];
    }
    at.value = lines.length;
  };

  const stop = (): void => {
    isStopped.value = true;
    pane?.(undefined);
    if (jobId) void client.call('job.cancel', { jobId }).catch(() => undefined);
  };

  return {
    shown,
    at,
    results,
    isStopped,
    run,
    stop,
    paneReady: (role: ModelRole) => pane?.(role),
    paneFailed: () => pane?.(undefined),
  };
};
