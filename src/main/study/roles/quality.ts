import type { SeriesFacts } from '#shared/study/facts.ts';
import type { StackGeometry } from '#shared/study/geometry.ts';
import type { RoleDecision } from '#shared/study/roles.ts';
import type { QualityNote, ScannedSeries } from '#shared/study/study.ts';
export const seriesNotes = (
  _facts: SeriesFacts,
  _decision: RoleDecision,
  _geometry?: StackGeometry,
): QualityNote[] => [];
export const studyNotes = (_series: readonly ScannedSeries[]): QualityNote[] => [];
