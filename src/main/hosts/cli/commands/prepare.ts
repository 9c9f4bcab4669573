import type { ComposedApplication } from '../../../application.ts';
import { type CohortManifest, prepareCohort } from '../../../cohort/prepare-cohort.ts';
import { applicationVersion } from '../../node-application.ts';
import type { Terminal } from '../terminal.ts';

/** The very tensors that the application would give to the model, for training; see docs/cohort.md. */
export const prepare = (
  application: ComposedApplication,
  cohort: string,
  out: string,
  terminal: Terminal,
): Promise<CohortManifest> =>
  prepareCohort({
    cohort,
    out,
    studies: application.studies,
    appVersion: applicationVersion(),
    onProgress: (_phase, done, total) => terminal.progress(`Patient ${done} of ${total}`),
  });

export const prepareJson = ({ patients, failed, images, clinical }: CohortManifest) => ({
  prepared: patients.length,
  failed,
  images,
  clinical,
});

export const showPrepared = ({ patients, failed }: CohortManifest, terminal: Terminal): void => {
  for (const { line, id, reason } of failed) terminal.note(`line ${line}, ${id}: ${reason}`);
  terminal.result(`${patients.length} prepared, ${failed.length} left out`);
};
