import type { SavedCase, StoredCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import { useClient } from '../client/index.ts';
import { i18n } from '../locales/index.ts';
import type { Wording } from '../locales/said.ts';
import { useAppStore } from '../stores/app.ts';
import { useCaseStore } from '../stores/case.ts';
import { useDialogsStore } from '../stores/dialogs.ts';
import { useJobsStore } from '../stores/jobs.ts';
import { differences, editOf, merged, undisputed } from '../stores/merge-edits.ts';
import { useNoticesStore } from '../stores/notices.ts';

/** Saving a case, trashing it and taking it back. What is said comes from what the records answered, never from what was asked. */
export const useKeptCases = () => {
  const client = useClient();
  const app = useAppStore();
  const current = useCaseStore();
  const dialogs = useDialogsStore();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  const { t } = i18n.global;

  /** True once the records are open; creates them without a question where a keychain keeps the key. */
  const recordsReady = async (): Promise<boolean> => {
    await app.refreshRecords();
    return app.records.state === 'open' || dialogs.openRecords();
  };

  const restore = async (id: string): Promise<StoredCase> => {
    const stored = await client.call('cases.restore', { id });
    if (stored.trashedAt === null) notices.show({ kind: 'info', text: () => t('cases.restoredNotice') });
    return stored;
  };

  const offerRestore = (text: Wording, kind: 'info' | 'warning', { id }: StoredCase) =>
    notices.show({
      kind,
      text,
      action: { label: () => t('cases.restore'), run: () => restore(id).catch(notices.showError) },
    });

  const trash = async (id: string): Promise<StoredCase> => {
    const stored = await client.call('cases.trash', { id });
    if (stored.trashedAt !== null) offerRestore(() => t('cases.trashedNotice'), 'info', stored);
    return stored;
  };

  const store = (target?: Parameters<typeof current.save>[0]) =>
    jobs.run('save', async () => {
      await current.takeImages();
      return current.save(target);
    });

  /** Shows both sides of a case that somebody else has saved since; undefined where nothing is to be saved. */
  const storeMerged = async (
    caseId: string,
    { by = '', at }: AppError['params'] & object,
  ): Promise<SavedCase | undefined> => {
    const kept = await client.call('cases.get', { id: caseId });
    const [mine, theirs] = [current.edit, editOf(kept)];
    const found = differences(mine, theirs, current.savedCase?.id === caseId ? current.base : undefined);
    // A case that was chosen to save into: what does not contradict needs no question.
    const isPlain = !current.savedCase && found.every(({ changedBy }) => changedBy !== undefined);
    const plain = undisputed(found);
    const conflict = {
      by: String(by),
      at: String(at ?? kept.updatedAt),
      mine,
      theirs,
      differences: found,
      series: kept.study.series,
    };
    const chosen = isPlain || found.length === 0 ? plain : await dialogs.askConflict(conflict);
    if (!chosen) return undefined;
    current.rebase(kept, merged(mine, theirs, chosen));
    return storeAsking();
  };

  /** Undefined where the user, asked about a case that is there already, did not want it saved after all. */
  const storeAsking = async (target?: Parameters<typeof store>[0]): Promise<SavedCase | undefined> => {
    try {
      return await store(target);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'case-changed') {
        return storeMerged(target?.caseId ?? current.savedCase?.id ?? '', error.params ?? {});
      }
      if (error.code !== 'study-kept') throw error;
      const answer = await dialogs.askKept({ updatedAt: String(error.params?.updatedAt ?? '') });
      if (answer === 'cancel') return undefined;
      // No revision of it is known here: what it says is compared before anything is saved.
      return storeAsking(
        answer === 'separate' ? { separate: true } : { caseId: String(error.params?.caseId), revision: 0 },
      );
    }
  };

  /** True once the case on screen is stored; throws what kept it from being. */
  const save = async (): Promise<boolean> => {
    const stored = (await recordsReady()) ? await storeAsking() : undefined;
    if (!stored) {
      if (app.records.state !== 'open') notices.show({ kind: 'warning', text: () => t('result.notSaved') });
      return false;
    }
    await app.refreshRecords();
    if (stored.trashedAt === null) notices.show({ kind: 'info', text: () => t('result.saved') });
    else offerRestore(() => t('result.savedInTrash'), 'warning', stored);
    return true;
  };

  return { recordsReady, save, trash, restore };
};
