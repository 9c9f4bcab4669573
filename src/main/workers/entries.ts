/** The files that worker processes run: of the sources, from the project's folder; of a bundle, beside each other. */
import type { WorkerKind } from './connection.ts';

export const sourceEntries: Readonly<Record<WorkerKind, string>> = {
  dicom: 'src/main/study/worker.ts',
  inference: 'src/main/inference/worker.ts',
  report: 'src/main/reports/worker.ts',
  pacs: 'src/main/pacs/worker.ts',
};

export const bundledEntries: Readonly<Record<WorkerKind, string>> = {
  dicom: 'dicom-worker.js',
  inference: 'inference-worker.js',
  report: 'report-worker.js',
  pacs: 'pacs-worker.js',
};
