import { describe, expect, it } from 'vitest';
import type { MeasuredFactor } from '#shared/clinical/factor-definition.ts';
import { factorDefinition } from '#shared/clinical/factors.ts';
import { unitMemory } from '../../../../../src/renderer/panels/factors/remembered-units.ts';

const measured = (id: 'albumin' | 'bilirubin'): MeasuredFactor => {
  const factor = factorDefinition(id);
  if (factor.kind !== 'measured') throw new Error(`${id} is not measured`);
  return factor;
};

const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

describe('the remembered unit', () => {
  it('is the last one used, for each factor apart', () => {
    const kept = storage();
    const memory = unitMemory(() => kept);
    expect(memory.recall(measured('albumin'))).toBeUndefined();
    memory.remember(measured('albumin'), 'g/dL');
    expect(memory.recall(measured('albumin'))).toBe('g/dL');
    expect(memory.recall(measured('bilirubin'))).toBeUndefined();
  });

  it('is none where the storage holds a unit of something else', () => {
    const memory = unitMemory(() => ({ getItem: () => 'mmHg', setItem: () => undefined }));
    expect(memory.recall(measured('albumin'))).toBeUndefined();
  });

  it('is none where storage is denied', () => {
    const memory = unitMemory(() => {
      throw new Error('denied');
    });
    expect(() => memory.remember(measured('albumin'), 'g/dL')).not.toThrow();
    expect(memory.recall(measured('albumin'))).toBeUndefined();
  });
});
