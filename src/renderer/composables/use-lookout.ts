/**
 * Looks after the models while nobody looks at the evidence: once the case history is open, and whenever the list of cases is
 * shown after it was changed. Rows are read in slices on the other side and judged in a worker, so that neither the window nor
 * the application waits for it.
 */
import { shallowRef, watch } from 'vue';
import { criterionNames } from '#shared/clinical/response/timeline.ts';
import { keyOfModel } from '#shared/evidence/evidence-row.ts';
import { ORIGINAL } from '#shared/evidence/recalibration/recalibrate.ts';
import { firstSelection } from '#shared/evidence/selection.ts';
import { useClient } from '../client/index.ts';
import { EvidenceWorker } from '../evidence/ask-evidence.ts';
import { type ReadRows, readEvidenceRows } from '../evidence/read-rows.ts';
import { useAppStore } from '../stores/app.ts';
import { useRecalibrationsStore } from '../stores/recalibrations.ts';

/**
 * @param place where the window is: on the list what is found is seen; the page of evidence looks by itself. The first look needs
 * neither.
 */
export const useLookout = (place: () => 'list' | 'evidence' | 'elsewhere'): void => {
  const client = useClient();
  const app = useAppStore();
  const recalibrations = useRecalibrationsStore();
  /** The records were changed since they were looked at. */
  const isDue = shallowRef(true);
  let looking: Promise<void> | undefined;

  const judge = async ({ rows, simulated }: ReadRows): Promise<void> => {
    if (rows.length === 0) {
      recalibrations.tell([], simulated);
      return;
    }
    const selection = firstSelection(rows);
    const inForce = recalibrations.kept.find(
      (one) =>
        one.inForce &&
        one.simulated === simulated &&
        keyOfModel(one.model) === selection.model &&
        one.criterion === criterionNames[selection.criterion],
    );
    const worker = new EvidenceWorker();
    try {
      worker.take(rows);
      const found = await worker.watch(selection, inForce ?? ORIGINAL);
      // Locked meanwhile, nothing of it stands on the screen.
      if (found && app.records.state === 'open') recalibrations.tell(found.watch.alarms, simulated);
    } finally {
      worker.end();
    }
  };

  const look = async (): Promise<void> => {
    isDue.value = false;
    await recalibrations.refresh();
    await judge(await readEvidenceRows(client, crypto.randomUUID()));
  };

  const lookWhereDue = () => {
    const isWanted = place() === 'list' || (place() === 'elsewhere' && recalibrations.isUntold);
    if (!isDue.value || looking || app.records.state !== 'open' || !isWanted) return;
    // What fails here says so on the page of evidence, where somebody asked for it.
    looking = look()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
        lookWhereDue();
      });
  };

  watch(
    () => app.records,
    () => {
      isDue.value = true;
      lookWhereDue();
    },
    { immediate: true },
  );
  watch(place, lookWhereDue);
};
