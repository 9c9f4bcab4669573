/** The filters that are set, in words: chips on the page, a line of its export. */
import type { Selection } from '#shared/evidence/selection.ts';

export interface NamedFilter {
  readonly key: keyof Selection;
  readonly name: string;
}

type Say = (key: string, params?: Record<string, unknown>) => string;

export const filterNames = (selection: Selection, t: Say): NamedFilter[] => {
  const { from, to, line, leastMm, mostMm, pvtt, bclc, cnlc, scanners } = selection;
  const named: [keyof Selection, string | undefined][] = [
    ['from', from && t('evidence.chips.from', { day: from })],
    ['to', to && t('evidence.chips.to', { day: to })],
    ['line', line && t(`evidence.lines.${line}`)],
    ['leastMm', leastMm === undefined ? undefined : t('evidence.chips.leastMm', { mm: leastMm })],
    ['mostMm', mostMm === undefined ? undefined : t('evidence.chips.mostMm', { mm: mostMm })],
    ['pvtt', pvtt && t('evidence.chips.pvtt', { codes: pvtt.map((code) => `Vp${code}`).join(', ') })],
    ['bclc', bclc && `BCLC ${bclc.join(', ')}`],
    ['cnlc', cnlc && `CNLC ${cnlc.join(', ')}`],
    ['scanners', scanners?.join(', ')],
  ];
  return named.flatMap(([key, name]) => (name === undefined || name === '' ? [] : [{ key, name }]));
};
