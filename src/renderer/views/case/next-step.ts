/** What is to be done next with a case: one thing at a time, from the images to the report. Pure. */

export interface CaseState {
  hasImages: boolean;
  /** A study without MR has nothing that a model could read. */
  hasMr: boolean;
  hasModel: boolean;
  hasArterial: boolean;
  rolesConfirmed: boolean;
  hasLesion: boolean;
  /** Somebody has looked at the factors, or entered some. */
  factorsSeen: boolean;
  /** Factors that were refused and stop a prediction. */
  refused: number;
  /** Made from what is on screen. */
  predicted: boolean;
  /** Why no number can be made from what is on screen is said already. */
  notComputable: boolean;
  dirty: boolean;
  maySave: boolean;
}

export type NextStep =
  | 'other-study'
  | 'assign'
  | 'confirm'
  | 'lesion'
  | 'factors'
  | 'repair'
  | 'model'
  | 'predict'
  | 'save'
  | 'report';

/** Undefined where the page itself says what to do: its images are not at hand. */
export const nextStep = (state: CaseState): NextStep | undefined => {
  if (!state.hasImages) return undefined;
  if (!state.hasMr) return 'other-study';
  if (!state.predicted) {
    if (!state.hasArterial || state.notComputable) return 'assign';
    if (!state.rolesConfirmed) return 'confirm';
    if (!state.hasLesion) return 'lesion';
    if (state.refused > 0) return 'repair';
    if (!state.factorsSeen) return 'factors';
    return state.hasModel ? 'predict' : 'model';
  }
  return state.dirty && state.maySave ? 'save' : 'report';
};

export type PanelStepName = 'images' | 'lesions' | 'factors' | 'result';

/** Where its own button is; undefined for those that stand below the steps and are always seen. */
export const stepOf = (next: NextStep | undefined): PanelStepName | undefined => {
  switch (next) {
    case 'confirm':
      return 'images';
    case 'lesion':
      return 'lesions';
    default:
      return undefined;
  }
};
