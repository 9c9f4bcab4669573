/** The prediction in force, with the algorithm that made it (TID 4019); of a withheld one its reasons and no number. Pure. */
import type { Prediction } from '#shared/model/prediction.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { uidOf } from '../../study/encode/uid.ts';
import { codes, methodCode, ownCodes, units } from '../dicom/codes.ts';
import { limitsOf } from '../limits.ts';
import type { ReportedCase } from '../reported-case.ts';
import { code, container, number, text, uidReference } from './content-items.ts';

const algorithm = ({ model, provider }: Prediction): Dataset[] => [
  text('HAS CONCEPT MOD', codes.algorithmName, model.id),
  text('HAS CONCEPT MOD', codes.algorithmVersion, model.version),
  text('HAS CONCEPT MOD', codes.algorithmParameters, `weights SHA-256 ${model.sha256}`),
  text('HAS CONCEPT MOD', codes.algorithmParameters, `status ${model.status}`),
  text('HAS CONCEPT MOD', codes.algorithmParameters, `computed by ${provider}`),
  code('HAS CONCEPT MOD', codes.algorithmFamily, codes.artificialIntelligence),
];

/** How far the interval reaches to either side, as TID 310 has it; the interval itself stands in the text. */
const uncertainty = ({ probability, interval }: Prediction): Dataset[] =>
  interval
    ? [
        number('HAS PROPERTIES', codes.upperUncertainty, { value: interval.high - probability, unit: units.none }),
        number('HAS PROPERTIES', codes.lowerUncertainty, { value: probability - interval.low, unit: units.none }),
      ]
    : [];

const resultOf = (said: ReportedCase['prediction'] & { prediction: Prediction }): Dataset[] => {
  const { prediction } = said;
  if (said.state === 'withheld') {
    return [
      code('CONTAINS', ownCodes.predictionResult, ownCodes.withheld),
      ...prediction.withheldBecause.map(({ text: why }) => text('CONTAINS', codes.comment, `Withheld: ${why}`)),
    ];
  }
  return [
    number('CONTAINS', codes.probability, { value: prediction.probability, unit: units.none }, uncertainty(prediction)),
    code('CONTAINS', ownCodes.predictionResult, ownCodes.computed),
  ];
};

export const predictionGroup = (reported: ReportedCase): Dataset[] => {
  const said = reported.prediction;
  if (said.state === 'none' || said.state === 'covered') return [];
  const { prediction } = said;
  return [
    container(
      'CONTAINS',
      codes.measurementGroup,
      [
        text('HAS OBS CONTEXT', codes.trackingIdentifier, 'prediction'),
        uidReference('HAS OBS CONTEXT', codes.trackingUid, uidOf('prediction', prediction.id)),
        code('CONTAINS', codes.finding, codes.responseEvaluation),
        code('HAS CONCEPT MOD', codes.findingSite, codes.liver),
        ...algorithm(prediction),
        ...resultOf(said),
        code('CONTAINS', codes.responseMethod, methodCode(prediction.model.criterion)),
        ...limitsOf(said).map((limit) => text('CONTAINS', codes.comment, limit)),
      ],
      '1501',
    ),
  ];
};
