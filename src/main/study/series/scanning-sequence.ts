/** How the signal was made: the values of ScanningSequence (0018,0020), or what an Enhanced object says instead. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { text, texts } from './fact-values.ts';

const fromPulseSequence: Readonly<Record<string, string[]>> = {
  SPIN: ['SE'],
  GRADIENT: ['GR'],
  BOTH: ['SE', 'GR'],
};

/**
 * `SE`, `GR`, `EP`, `IR`, `RM` as in the classic MR object; Enhanced MR writes EchoPulseSequence (0018,9008) and
 * EchoPlanarPulseSequence (0018,9018) (PS3.3 C.8.13.4).
 */
export const scanningSequence = (facts: SeriesFacts): string[] => {
  const classic = texts(facts, 'ScanningSequence').map((value) => value.toUpperCase());
  if (classic.length > 0) return classic;
  const pulse = fromPulseSequence[text(facts, 'EchoPulseSequence').toUpperCase()] ?? [];
  return text(facts, 'EchoPlanarPulseSequence').toUpperCase() === 'YES' ? [...pulse, 'EP'] : pulse;
};
