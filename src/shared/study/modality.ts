/** Modality (0008,0060) of series. The method reads MR only; a header without one leaves the question to a person. */
import { AppError } from '../errors.ts';
import type { ScannedSeries } from './study.ts';

type WithModality = Pick<ScannedSeries, 'modality'>;

/** Whether the header says that the series is of another modality than MR. */
export const isNotMr = ({ modality }: WithModality): boolean => !['', 'MR'].includes(modality.trim().toUpperCase());

/** The modalities of a study in the order of its series, each once, e.g. `['PT', 'CT']`. */
export const modalitiesOf = (series: readonly WithModality[]): string[] => [
  ...new Set(series.map(({ modality }) => modality.trim().toUpperCase()).filter((modality) => modality !== '')),
];

/** Throws `AppError('no-mr')` where no series of a study can have a role. */
export const assertSomeMr = (series: readonly WithModality[]): void => {
  if (series.length === 0 || series.some((one) => !isNotMr(one))) return;
  const modalities = modalitiesOf(series).join(', ');
  throw new AppError(
    'no-mr',
    `The study holds no MR images, only ${modalities}; the model knows MR only. Open the liver MRI of the patient.`,
    { params: { modalities } },
  );
};
