/** What a model package says in words, in the user's language where the package has it. */
import type { ModelManifest } from '#shared/model/manifest.ts';
import { cohortNameIn, intervalMethodIn, modelTitleIn, packageWordsIn } from '#shared/words/package-words.ts';
import { i18n } from './index.ts';

const language = () => i18n.global.locale.value;

/** A cohort by the name that the package gives it. */
export const cohortName = (manifest: Parameters<typeof cohortNameIn>[1], cohort: string): string =>
  cohortNameIn(language(), manifest, cohort);

/** The model as users know it, with its version. */
export const modelTitle = (manifest: Parameters<typeof modelTitleIn>[1]): string => modelTitleIn(language(), manifest);

export const packageWords = (manifest: ModelManifest) => packageWordsIn(language(), manifest);

/** How the interval is made; undefined where the package gives none. */
export const intervalMethod = (manifest: Parameters<typeof intervalMethodIn>[1]): string | undefined =>
  intervalMethodIn(language(), manifest);
