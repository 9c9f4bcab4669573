/** The text of one field while it is edited: kept apart from the entry, so that what is refused stays to be mended. */
import { computed, type ShallowRef, shallowRef, watch } from 'vue';
import { checkEntry } from '#shared/clinical/check-entry.ts';
import type { FactorDefinition } from '#shared/clinical/factor-definition.ts';
import type { FactorProblem } from '#shared/clinical/factor-problem.ts';
import type { FactorEntry } from '#shared/clinical/factor-values.ts';
import { type FieldText, fieldText, readField, switchUnit, type UnitSwitch } from './field-model.ts';
import type { UnitMemory } from './remembered-units.ts';

export interface UseFieldOptions {
  readonly factor: () => FactorDefinition;
  readonly entry: () => FactorEntry | undefined;
  /** Date that a new value of a blood sample gets. */
  readonly sampleDate: () => string | undefined;
  readonly change: (entry: FactorEntry | undefined) => void;
  readonly units: UnitMemory;
}

type Asked = Extract<UnitSwitch, { kind: 'ask' }>;

export interface UseField {
  readonly field: ShallowRef<FieldText>;
  /** A change of unit that cannot be converted and waits for an answer. */
  readonly asked: ShallowRef<Asked | undefined>;
  readonly errors: Readonly<ShallowRef<readonly FactorProblem[]>>;
  readonly warnings: Readonly<ShallowRef<readonly FactorProblem[]>>;
  /** Takes over what the field holds with `part` of it changed. */
  commit(part: Partial<FieldText>): void;
  chooseUnit(unit: string): void;
  answer(yes: boolean): void;
  /** Replaces the value by one that was offered. */
  take(entry: FactorEntry): void;
}

export const useField = (options: UseFieldOptions): UseField => {
  const factor = options.factor();
  const recalled = factor.kind === 'measured' ? options.units.recall(factor) : undefined;
  const field = shallowRef(fieldText(factor, options.entry(), recalled));
  const asked = shallowRef<Asked>();
  const refused = shallowRef<readonly FactorProblem[]>([]);

  const kept = computed(() => {
    const entry = options.entry();
    return entry === undefined ? undefined : checkEntry(factor, entry);
  });
  const errors = computed(() => (refused.value.length > 0 ? refused.value : (kept.value?.errors ?? [])));
  const warnings = computed(() => (refused.value.length > 0 ? [] : (kept.value?.warnings ?? [])));

  watch(options.entry, (entry) => {
    // A refused text is the reason why there is no entry; it stays until it is mended or another entry arrives.
    if (entry === undefined && refused.value.length > 0) return;
    refused.value = [];
    field.value = fieldText(factor, entry, field.value.unit);
  });

  const change = (entry: FactorEntry | undefined) => {
    if (factor.kind === 'measured' && entry?.unit) options.units.remember(factor, entry.unit);
    options.change(entry);
  };

  const commit = (part: Partial<FieldText>) => {
    const before = options.entry();
    const isNew = field.value.text.trim() === '' || before === undefined;
    const date = isNew && field.value.date === '' ? (options.sampleDate() ?? '') : field.value.date;
    const next = { ...field.value, date, ...part };
    const sameFigure = before !== undefined && (part.text === undefined || part.text.trim() === String(before.value));
    const { entry, errors: problems } = readField(factor, next, sameFigure ? before.origin : undefined);
    field.value = next;
    refused.value = problems;
    if (entry !== undefined || before !== undefined) change(entry);
  };

  const chooseUnit = (unit: string) => {
    if (factor.kind !== 'measured' || unit === field.value.unit) return;
    const switched = switchUnit(factor, field.value, unit);
    if (switched.kind === 'ask') {
      asked.value = switched;
      return;
    }
    const hasEntry = options.entry() !== undefined || switched.field.text !== '';
    if (!hasEntry) {
      field.value = switched.field;
      return;
    }
    const origin = options.entry()?.origin;
    const { entry, errors: problems } = readField(factor, switched.field, origin);
    field.value = switched.field;
    refused.value = problems;
    change(entry);
  };

  const answer = (yes: boolean) => {
    const question = asked.value;
    asked.value = undefined;
    if (yes && question) commit({ unit: question.to });
  };

  const take = (entry: FactorEntry) => {
    refused.value = [];
    options.change(entry);
  };

  return { field, asked, errors, warnings, commit, chooseUnit, answer, take };
};
