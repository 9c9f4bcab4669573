/** Computes the figures of the evidence away from the page, which answers meanwhile: ten thousand patients take a while. */
import { comparisonsOf } from '#shared/evidence/comparisons.ts';
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import { evidenceFigures, figuresAtThreshold } from '#shared/evidence/figures.ts';
import { outcomesOf } from '#shared/evidence/recalibration/outcomes.ts';
import { proposeRecalibration } from '#shared/evidence/recalibration/recalibrate.ts';
import { watchOf } from '#shared/evidence/watch.ts';
import type { EvidenceAnswer, EvidenceQuestion } from './ask-evidence.ts';

let rows: readonly EvidenceRow[] = [];

const answer = (value: EvidenceAnswer) => postMessage(value);

addEventListener('message', ({ data }: MessageEvent<EvidenceQuestion>) => {
  const { id, ask } = data;
  if (ask.what === 'take') {
    rows = ask.rows;
    return;
  }
  const { selection } = ask;
  try {
    if (ask.what === 'figures') answer({ id, figures: evidenceFigures(rows, selection, ask.threshold) });
    if (ask.what === 'threshold') answer({ id, atThreshold: figuresAtThreshold(rows, selection, ask.threshold) });
    if (ask.what === 'comparisons') answer({ id, comparisons: comparisonsOf(rows, selection) });
    if (ask.what === 'watch') {
      const { model, criterion, endpoint } = selection;
      const proposal = proposeRecalibration(outcomesOf(rows, model, criterion));
      answer({ id, proposal, watch: watchOf(rows, { model, criterion, endpoint }, ask.line) });
    }
  } catch (error) {
    answer({ id, failed: String(error) });
  }
});
