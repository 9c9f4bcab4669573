import type { ModelStatus } from './manifest.ts';

/** Said with every result of a model that was not made for patients, wherever it goes without a page around it; English. */
export const bannerOf = (status: ModelStatus): string | undefined => {
  if (status === 'simulated') {
    return 'Research use only. Demonstration model, trained on simulated patients; not for clinical use.';
  }
  return status === 'research' ? 'Research use only; not for clinical use.' : undefined;
};
