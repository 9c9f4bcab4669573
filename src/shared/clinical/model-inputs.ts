/**
 * The numbers that a model may ask for, by the id in `model.json` (`factors[].id`): every factor in its canonical unit,
 * choices by the code in factor-table.ts, and a few derived quantities. A value that is missing, refused by its limits
 * or in a unit that cannot be converted is undefined, with the reason; nothing is guessed or imputed here.
 */
import { canonicalValue, type Quantity, type Resolved } from './canonical.ts';
import { canonicalUnit } from './factor-definition.ts';
import { type FactorProblem, factorProblem } from './factor-problem.ts';
import { factorDefinition } from './factor-table.ts';
import { type FactorId, type FactorValues, factorIdSchema, factorIds } from './factor-values.ts';
import { albi } from './scores/albi.ts';
import { nlr, plr } from './scores/blood-ratios.ts';
import { childPugh } from './scores/child-pugh.ts';
import type { Score } from './scores/score.ts';

export const derivedInputIds = ['nlr', 'plr', 'albi', 'childPughPoints'] as const;
export type DerivedInputId = (typeof derivedInputIds)[number];

export const modelInputIds = [...factorIds, ...derivedInputIds] as const;
export type ModelInputId = (typeof modelInputIds)[number];

const derived: Readonly<Record<DerivedInputId, (values: FactorValues) => Score>> = {
  nlr,
  plr,
  albi,
  childPughPoints: childPugh,
};

const isDerived = (id: string): id is DerivedInputId => Object.hasOwn(derived, id);

const resolveDerived = (values: FactorValues, id: DerivedInputId): Resolved => {
  const score = derived[id](values);
  if (score.value !== null) return { ok: true, quantity: { value: score.value, unit: '1' } };
  // What was entered and cannot be used is the reason, before what was not entered at all.
  const unusable = score.inputsMissing
    .map((one) => canonicalValue(values, one))
    .find((one) => !one.ok && one.problem.code !== 'missing');
  if (unusable) return unusable;
  const labels = score.inputsMissing.map((one) => factorDefinition(one).label);
  const inputs = score.inputsMissing.join(', ');
  return { ok: false, problem: factorProblem(id, 'missing', `${id} needs: ${labels.join(', ')}.`, { inputs }) };
};

/** One input with its reason where there is none. An id that this program does not know is a reason too. */
export const resolveModelInput = (values: FactorValues, id: string): Resolved => {
  if (isDerived(id)) return resolveDerived(values, id);
  const factorId = factorIdSchema.safeParse(id);
  if (factorId.success) return canonicalValue(values, factorId.data);
  return { ok: false, problem: factorProblem(id, 'unknown-factor', `This program has no input "${id}".`) };
};

/** Why an input is undefined; undefined where there is a value. */
export const modelInputProblem = (values: FactorValues, id: string): FactorProblem | undefined => {
  const resolved = resolveModelInput(values, id);
  return resolved.ok ? undefined : resolved.problem;
};

/** Every id of `modelInputIds`, undefined where there is no value. Dimensionless inputs have the unit `1`. */
export const modelInputs = (values: FactorValues): Record<string, Quantity | undefined> => {
  const inputs: Record<string, Quantity | undefined> = {};
  for (const id of modelInputIds) {
    const resolved = resolveModelInput(values, id);
    inputs[id] = resolved.ok ? resolved.quantity : undefined;
  }
  return inputs;
};

/** The unit of an input, whether or not it has a value; undefined for an id that this program does not know. */
export const modelInputUnit = (id: string): string | undefined => {
  if (isDerived(id)) return '1';
  const factorId = factorIdSchema.safeParse(id);
  return factorId.success ? canonicalUnit(factorDefinition(factorId.data)) : undefined;
};

/** The factors that an input rests on: itself, or what it is derived from. */
export const modelInputFactors = (id: string): readonly FactorId[] => {
  if (isDerived(id)) return derived[id]({}).inputsMissing;
  const factorId = factorIdSchema.safeParse(id);
  return factorId.success ? [factorId.data] : [];
};
