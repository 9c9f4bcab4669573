/** What the factors panel shows, worked out without a screen. */
import { canonicalNumber } from '#shared/clinical/canonical.ts';
import { type FactorDefinition, type FactorGroup, factorGroups } from '#shared/clinical/factor-definition.ts';
import { type FactorEntry, type FactorId, type FactorValues, factorIds } from '#shared/clinical/factor-values.ts';
import { factorDefinitions, parseFactor } from '#shared/clinical/factors.ts';
import { lesionDiameterEntry } from '#shared/clinical/lesion-diameter.ts';
import { modelInputFactors, modelInputProblem } from '#shared/clinical/model-inputs.ts';

export { withLesionDiameter } from '#shared/clinical/lesion-diameter.ts';
export { factorsSummary } from './say.ts';

export interface GroupModel {
  readonly id: FactorGroup;
  readonly factors: readonly FactorDefinition[];
  readonly entered: number;
}

/** Whether there is a value: what was refused is none. */
const isEntered = (values: FactorValues, id: FactorId): boolean =>
  values[id] !== undefined && parseFactor(id, values[id]).entry !== undefined;

/** The form's groups. With `only`, groups and factors outside it are left out. */
export const groupModels = (values: FactorValues, only?: ReadonlySet<FactorId>): readonly GroupModel[] =>
  factorGroups
    .map((id) => {
      const factors = factorDefinitions.filter((factor) => factor.group === id && (only?.has(factor.id) ?? true));
      return { id, factors, entered: factors.filter((factor) => isEntered(values, factor.id)).length };
    })
    .filter((group) => group.factors.length > 0);

/** Factors that a model's inputs rest on, directly or through a ratio or score. */
export const factorsUsed = (modelFactorIds: readonly string[]): ReadonlySet<FactorId> =>
  new Set(modelFactorIds.flatMap((id) => modelInputFactors(id)));

/** Factors that have to be entered or mended before every input of the model has a value. */
export const neededByModel = (values: FactorValues, modelFactorIds: readonly string[]): readonly FactorId[] => {
  const needed = new Set(
    modelFactorIds
      .filter((id) => modelInputProblem(values, id) !== undefined)
      .flatMap((id) => modelInputFactors(id))
      .filter((id) => canonicalNumber(values, id) === undefined),
  );
  return factorIds.filter((id) => needed.has(id));
};

/** The values with one of them replaced, or left out. */
export const withEntry = (values: FactorValues, id: FactorId, entry: FactorEntry | undefined): FactorValues => {
  const { [id]: _replaced, ...rest } = values;
  return entry === undefined ? rest : { ...rest, [id]: entry };
};

/** What images and measurements say about factors. */
export interface Measured {
  readonly measuredDiameterMm?: number | undefined;
  readonly ageYears?: number | undefined;
  /** DICOM's `M` or `F`, or the factor's own option. */
  readonly sex?: string | undefined;
}

const sexes: Readonly<Record<string, string>> = { M: 'male', F: 'female', male: 'male', female: 'female' };

/** Entries that can be taken over instead of being typed. */
export const offers = (measured: Measured): FactorValues => {
  const { measuredDiameterMm: mm, ageYears } = measured;
  const sex = sexes[measured.sex ?? ''];
  return {
    ...(mm === undefined ? {} : { largestDiameter: lesionDiameterEntry(mm) }),
    ...(ageYears === undefined ? {} : { age: { value: Math.floor(ageYears), unit: 'years', origin: 'study' } }),
    ...(sex === undefined ? {} : { sex: { value: sex, origin: 'study' } }),
  };
};

/** An offer worth showing: one that would change the value. */
export const offerFor = (values: FactorValues, id: FactorId, measured: Measured): FactorEntry | undefined => {
  const offer = offers(measured)[id];
  if (offer === undefined) return undefined;
  const tolerance = 0.05;
  const now = canonicalNumber(values, id);
  const then = canonicalNumber({ [id]: offer }, id);
  return now === undefined || (then !== undefined && Math.abs(now - then) > tolerance) ? offer : undefined;
};

const bloodGroups: readonly FactorGroup[] = ['liver', 'markers', 'blood'];

/** Whether a factor comes from a blood sample and so has its date. HBV DNA stands with the patient on the form. */
export const fromBlood = (factor: FactorDefinition): boolean =>
  factor.kind === 'measured' && (bloodGroups.includes(factor.group) || factor.id === 'hbvDna');

/** The one date of all blood values that have one; undefined where they differ or have none. */
export const commonSampleDate = (values: FactorValues): string | undefined => {
  const dates = new Set(factorDefinitions.filter(fromBlood).flatMap(({ id }) => values[id]?.date ?? []));
  return dates.size === 1 ? [...dates][0] : undefined;
};

/** Gives `date` to the blood values that had none or the date `before`; another date of its own stays. */
export const withSampleDate = (values: FactorValues, date: string, before: string | undefined): FactorValues => {
  const next: FactorValues = { ...values };
  for (const { id } of factorDefinitions.filter(fromBlood)) {
    const entry = next[id];
    if (entry === undefined || (entry.date !== undefined && entry.date !== before)) continue;
    const { date: _old, ...rest } = entry;
    next[id] = date === '' ? rest : { ...rest, date };
  }
  return next;
};
