import { notesThatMatter } from '#shared/study/notes.ts';
import type { OpenedStudies, QualityNote, ScannedSeries } from '#shared/study/study.ts';
import { type Terminal, table } from '../terminal.ts';

/** What `scan --json` prints of a series. No patient's name or number is in it. */
const seriesOf = (studyInstanceUID: string, series: ScannedSeries) => ({
  id: series.id,
  studyInstanceUID,
  seriesInstanceUID: series.seriesInstanceUID,
  ...(series.part === undefined ? {} : { part: series.part }),
  description: series.description,
  modality: series.modality,
  ...(series.seriesNumber === undefined ? {} : { seriesNumber: series.seriesNumber }),
  instances: series.instances,
  rows: series.rows,
  columns: series.columns,
  role: series.suggestion.role,
  confidence: series.suggestion.confidence,
  reasons: series.suggestion.reasons,
  ...(series.unplaced === undefined ? {} : { unplaced: series.unplaced }),
  notes: series.notes,
});

export const scanJson = (opened: OpenedStudies) => ({
  files: opened.files,
  elapsedMs: opened.elapsedMs,
  studies: opened.studies.map(({ studyInstanceUID, studyDate, studyDescription, series, notes }) => ({
    studyInstanceUID,
    studyDate,
    studyDescription,
    series: series.length,
    notes,
  })),
  series: opened.studies.flatMap((study) => study.series.map((one) => seriesOf(study.studyInstanceUID, one))),
  skipped: opened.skipped,
});

const mark: Readonly<Record<QualityNote['severity'], string>> = { info: '-', warning: '!', error: '!!' };

/** Everything about the studies, and what matters about their series, each once. */
const showNotes = ({ studies }: OpenedStudies, terminal: Terminal): void => {
  const ofSeries = notesThatMatter(studies.flatMap(({ series }) => series.flatMap(({ notes }) => notes)));
  const lines = [...studies.flatMap(({ notes }) => notes), ...ofSeries].map(
    ({ severity, text }) => `${mark[severity]} ${text}`,
  );
  for (const line of new Set(lines)) terminal.note(line);
};

export const showScan = (opened: OpenedStudies, terminal: Terminal): void => {
  const rows = opened.studies.flatMap((study) =>
    study.series.map(({ seriesNumber, description, part, instances, suggestion, id }) => [
      String(seriesNumber ?? ''),
      part === undefined ? description : `${description} (${part})`,
      String(instances),
      suggestion.role,
      suggestion.confidence.toFixed(2),
      id,
    ]),
  );
  terminal.result(table(['No.', 'Description', 'Images', 'Role', 'Confidence', 'Series'], rows));
  showNotes(opened, terminal);
  for (const { file, reason } of opened.skipped) terminal.note(`skipped ${file}: ${reason}`);
  const studies = opened.studies.length === 1 ? '1 study' : `${opened.studies.length} studies`;
  terminal.note(
    `${studies}, ${rows.length} series, ${opened.files} files, ${opened.skipped.length} skipped, ${Math.round(opened.elapsedMs)} ms`,
  );
};
