/** The text of one field while it is edited. What is refused stays in the case as it was written, to be mended. */
import { computed, type ShallowRef, shallowRef, watch } from 'vue';
import { checkEntry } from '#shared/clinical/check-entry.ts';
import type { FactorDefinition } from '#shared/clinical/factor-definition.ts';
import type { FactorProblem } from '#shared/clinical/factor-problem.ts';
import type { FactorEntry } from '#shared/clinical/factor-values.ts';
import { entryText } from '#shared/clinical/labels.ts';
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
  /** Replaces the value by one that was offered, or by what it may have meant. */
  take(entry: FactorEntry): void;
}

export const useField = (options: UseFieldOptions): UseField => {
  const factor = options.factor();
  const recalled = factor.kind === 'measured' ? options.units.recall(factor) : undefined;
  const field = shallowRef(fieldText(factor, options.entry(), recalled));
  const asked = shallowRef<Asked>();
  const ngPerIUProblem = shallowRef<FactorProblem>();

  const checked = computed(() => {
    const entry = options.entry();
    return entry === undefined ? undefined : checkEntry(factor, entry);
  });
  const errors = computed(() => [
    ...(ngPerIUProblem.value ? [ngPerIUProblem.value] : []),
    ...(checked.value?.errors ?? []),
  ]);
  const warnings = computed(() => checked.value?.warnings ?? []);

  watch(options.entry, (entry) => {
    if (entry === undefined || entry.ngPerIU !== undefined) ngPerIUProblem.value = undefined;
    field.value = fieldText(factor, entry, field.value.unit);
  });

  /** A unit is this workstation's habit once a value in it was kept. */
  const change = (entry: FactorEntry | undefined) => {
    if (factor.kind === 'measured' && entry?.unit && checkEntry(factor, entry).entry) {
      options.units.remember(factor, entry.unit);
    }
    options.change(entry);
  };

  const keep = (next: FieldText, origin: FactorEntry['origin']) => {
    const before = options.entry();
    const read = readField(factor, next, origin);
    field.value = next;
    ngPerIUProblem.value = read.ngPerIUProblem;
    const entry = read.entry ?? read.written;
    if (entry !== undefined || before !== undefined) change(entry);
  };

  const commit = (part: Partial<FieldText>) => {
    const before = options.entry();
    const isNew = field.value.text.trim() === '' || before === undefined;
    const date = isNew && field.value.date === '' ? (options.sampleDate() ?? '') : field.value.date;
    const sameFigure = before !== undefined && (part.text === undefined || part.text.trim() === entryText(before));
    keep({ ...field.value, date, ...part }, sameFigure ? before.origin : undefined);
  };

  const chooseUnit = (unit: string) => {
    if (factor.kind !== 'measured' || unit === field.value.unit) return;
    // What was refused, or had no unit, is read anew in the one that is chosen; only a value is converted.
    const isValue = checked.value?.entry !== undefined;
    const switched = isValue
      ? switchUnit(factor, field.value, unit)
      : ({ kind: 'converted', field: { ...field.value, unit } } as const);
    if (switched.kind === 'ask') {
      asked.value = switched;
      return;
    }
    if (options.entry() === undefined && switched.field.text === '') field.value = switched.field;
    else keep(switched.field, options.entry()?.origin);
  };

  const answer = (yes: boolean) => {
    const question = asked.value;
    asked.value = undefined;
    if (yes && question) commit({ unit: question.to });
  };

  return { field, asked, errors, warnings, commit, chooseUnit, answer, take: change };
};
