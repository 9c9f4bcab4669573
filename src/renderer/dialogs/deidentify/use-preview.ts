import { type ComputedRef, computed, onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import type { ProcedureInput } from '#shared/api.ts';
import type { DeidentificationPreview, ExportResult } from '#shared/study/deidentify.ts';
import { useClient } from '../../client/index.ts';
import { translateError } from '../../locales/errors.ts';
import { useSaid } from '../../locales/said.ts';
import type { SeriesRow } from './series-rows.ts';

type PreviewInput = ProcedureInput<'study.previewDeidentified'>;

/** The preview for what is asked now; an answer that comes after the next question is dropped. */
export const usePreview = (asked: ComputedRef<PreviewInput | undefined>) => {
  const client = useClient();
  const preview = shallowRef<DeidentificationPreview>();
  const failure = useSaid();
  let turn = 0;
  const load = async () => {
    const mine = ++turn;
    if (!asked.value) return;
    try {
      const answer = await client.call('study.previewDeidentified', asked.value);
      if (mine !== turn) return;
      preview.value = answer;
      failure.value = '';
    } catch (error) {
      if (mine !== turn) return;
      preview.value = undefined;
      failure.value = () => translateError(error);
    }
  };
  watch(asked, load, { immediate: true });
  onScopeDispose(() => {
    turn += 1;
  });
  return { preview, failure, reload: load };
};

export interface Flags {
  /** Warnings by series, from its first image and what an export found; a series without one has an empty list. */
  warnings: ShallowRef<ReadonlyMap<string, DeidentificationPreview['warnings']>>;
  /** How many series were looked at so far. */
  checked: ComputedRef<number>;
  /** Takes what an export found in images that were not the first of their series. */
  add: (found: NonNullable<ExportResult['unchecked']>) => void;
}

/**
 * Looks at the first image of every series for text in the picture, one after the other. An early hint: the export
 * itself looks at every image.
 */
export const useFlags = (
  rows: readonly SeriesRow[],
  common: Pick<PreviewInput, 'openId' | 'options'>,
  onFlag: (uid: string) => void,
): Flags => {
  const client = useClient();
  const warnings: Flags['warnings'] = shallowRef(new Map());
  const checked = computed(() => warnings.value.size);
  let isOver = false;
  onScopeDispose(() => {
    isOver = true;
  });
  const check = async () => {
    for (const { uid, stacks } of rows) {
      const [first] = stacks;
      if (!first || isOver) return;
      const answer = await client
        .call('study.previewDeidentified', { ...common, seriesId: first.id, index: 0, linking: 'none' })
        // What cannot be read is left out of the copy, and named in its result.
        .catch(() => undefined);
      const found = answer?.warnings ?? [];
      if (found.length > 0) onFlag(uid);
      warnings.value = new Map([...warnings.value, [uid, found]]);
    }
  };
  const add: Flags['add'] = (found) => {
    const next = new Map(warnings.value);
    for (const { seriesId, warnings: more } of found) {
      const uid = rows.find(({ stacks }) => stacks.some(({ id }) => id === seriesId))?.uid;
      if (uid !== undefined) next.set(uid, [...more, ...(next.get(uid) ?? [])]);
    }
    warnings.value = next;
  };
  void check();
  return { warnings, checked, add };
};
