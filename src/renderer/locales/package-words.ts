/** What a model package says in words, in the user's language where the package has it. */
import type { ModelManifest } from '#shared/model/manifest.ts';
import { i18n } from './index.ts';

type Worded = Pick<ModelManifest, 'translations'>;

const translationOf = ({ translations }: Worded) => translations?.[i18n.global.locale.value] ?? {};

/** A cohort by the name that the package gives it. */
export const cohortName = (manifest: Worded | undefined, cohort: string): string =>
  (manifest && translationOf(manifest).cohorts?.[cohort]) ?? cohort;

/** The model as users know it, with its version. */
export const modelTitle = (manifest: Worded & Pick<ModelManifest, 'name' | 'version'>): string =>
  `${translationOf(manifest).name ?? manifest.name} ${manifest.version}`;

export const packageWords = (manifest: ModelManifest) => {
  const own = translationOf(manifest);
  const { notes, cohort } = manifest.training;
  return {
    architecture: own.architecture ?? manifest.architecture,
    event: own.event ?? manifest.event.name,
    thresholdMethod: own.thresholdMethod ?? manifest.threshold.method,
    trainingCohort: own.trainingCohort ?? cohort,
    notes: notes.map((note, index) => own.notes?.[index] ?? note),
  };
};

/** How the interval is made; undefined where the package gives none. */
export const intervalMethod = (manifest: (Worded & Pick<ModelManifest, 'interval'>) | undefined): string | undefined =>
  manifest && (translationOf(manifest).intervalMethod ?? manifest.interval?.method);
