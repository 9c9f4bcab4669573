/** What a model package says in words, in a language where the package has it. */
import type { ModelManifest } from '../model/manifest.ts';
import type { Language } from './language.ts';

type Worded = Pick<ModelManifest, 'translations'>;

const translationOf = (language: Language, { translations }: Worded) => translations?.[language] ?? {};

/** A cohort by the name that the package gives it. */
export const cohortNameIn = (language: Language, manifest: Worded | undefined, cohort: string): string =>
  (manifest && translationOf(language, manifest).cohorts?.[cohort]) ?? cohort;

/** The model as users know it, with its version. */
export const modelTitleIn = (language: Language, manifest: Worded & Pick<ModelManifest, 'name' | 'version'>): string =>
  `${translationOf(language, manifest).name ?? manifest.name} ${manifest.version}`;

export const packageWordsIn = (language: Language, manifest: ModelManifest) => {
  const own = translationOf(language, manifest);
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
export const intervalMethodIn = (
  language: Language,
  manifest: (Worded & Pick<ModelManifest, 'interval'>) | undefined,
): string | undefined => manifest && (translationOf(language, manifest).intervalMethod ?? manifest.interval?.method);
