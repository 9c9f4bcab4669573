/** The unit that was last used for a factor: a laboratory keeps to its units, so it is asked once. */
import type { MeasuredFactor } from '#shared/clinical/factor-definition.ts';
import { unitOption } from '#shared/clinical/units.ts';

export interface UnitMemory {
  /** Undefined where none was used yet, or one that the factor does not know. */
  recall(factor: MeasuredFactor): string | undefined;
  remember(factor: MeasuredFactor, unit: string): void;
}

const key = (factor: MeasuredFactor): string => `haicast.unit.${factor.id}`;

/** Storage may be denied (private window, policy); the form then starts with canonical units. */
const quietly = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

export const unitMemory = (storage: () => Pick<Storage, 'getItem' | 'setItem'>): UnitMemory => ({
  recall: (factor) => {
    const unit = quietly(() => storage().getItem(key(factor)));
    return unit && unitOption(factor, unit) ? unit : undefined;
  },
  remember: (factor, unit) => {
    quietly(() => storage().setItem(key(factor), unit));
  },
});

export const browserUnitMemory: UnitMemory = unitMemory(() => globalThis.localStorage);
