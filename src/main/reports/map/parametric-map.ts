/** The evidence map as a Parametric Map with float pixels (PS3.3 A.75) on the grid of the arterial image. Pure. */

import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import { bannerOf } from '#shared/model/banner.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { codes, ownCodes, units } from '../dicom/codes.ts';
import { referencedSeries } from '../dicom/evidence.ts';
import { type MadeObject, makeObject, objectUid, sopClasses } from '../dicom/modules.ts';
import { NotMade } from '../not-made.ts';
import type { ReportedCase } from '../reported-case.ts';
import { codeItem } from '../sr/content-items.ts';
import { nearestSlice } from '../sr/place-on-image.ts';
import { evidenceFrame, type GridOfImage } from './evidence-frame.ts';

interface Arterial extends GridOfImage {
  stackId: string;
  frameOfReferenceUID: string;
  thicknessMm: number;
}

const thickness = (value: unknown, { geometry, slice }: Pick<GridOfImage, 'geometry' | 'slice'>): number => {
  const said = Number(Array.isArray(value) ? value[0] : value);
  if (said > 0) return said;
  const [here, next] = [geometry.positions[slice], geometry.positions[slice + 1] ?? geometry.positions[slice - 1]];
  return here && next ? Math.hypot(...next.map((at, axis) => at - (here[axis] ?? 0))) : 1;
};

/** The slice of the arterial stack through the centre of the map. Throws `NotMade` where there is no such stack in space. */
const arterialOf = ({ saved }: ReportedCase, { map }: Prediction): Arterial => {
  const stackId = saved.roles.find(({ role }) => role === 'arterial')?.seriesId;
  const series = saved.study.series.find(({ id }) => id === stackId);
  if (!series?.geometry) throw new NotMade('no-arterial');
  const { geometry, rows, columns } = series;
  const { frameOfReferenceUID } = geometry;
  if (frameOfReferenceUID === undefined) throw new NotMade('no-frame-of-reference');
  const slice = nearestSlice(geometry, map.grid.center);
  const thicknessMm = thickness(series.facts.SliceThickness, { geometry, slice });
  return { stackId: series.id, geometry, slice, rows, columns, frameOfReferenceUID, thicknessMm };
};

/** Undefined where a prediction may not be spoken of. Throws `NotMade`. */
const predictionOf = ({ prediction: said }: ReportedCase): Prediction => {
  if (said.state === 'shown') return said.prediction;
  // A withheld prediction leaves no map behind.
  throw new NotMade(said.state === 'none' ? 'no-prediction' : said.state);
};

const placement = ({ geometry, slice, thicknessMm }: Arterial): Dataset => ({
  PixelMeasuresSequence: [
    {
      PixelSpacing: [geometry.rowSpacing, geometry.columnSpacing],
      SliceThickness: thicknessMm,
    },
  ],
  PlaneOrientationSequence: [{ ImageOrientationPatient: [...geometry.rowDirection, ...geometry.columnDirection] }],
  PlanePositionSequence: [{ ImagePositionPatient: [...(geometry.positions[slice] ?? [])] }],
});

const frameType = ['DERIVED', 'PRIMARY', 'EVIDENCE', 'NONE'];

const sharedGroups = (arterial: Arterial): Dataset => {
  const { PixelMeasuresSequence, PlaneOrientationSequence } = placement(arterial);
  return {
    PixelMeasuresSequence,
    PlaneOrientationSequence,
    ParametricMapFrameTypeSequence: [{ FrameType: frameType }],
    FrameAnatomySequence: [{ FrameLaterality: 'U', AnatomicRegionSequence: [codeItem(codes.liver)] }],
    // A slope of 1 and an intercept of 0: what is stored is the value.
    RealWorldValueMappingSequence: [
      {
        LUTLabel: 'EVIDENCE',
        LUTExplanation: 'Contribution to the log-odds of response, by cell',
        MeasurementUnitsCodeSequence: [codeItem(units.logOdds)],
        QuantityDefinitionSequence: [
          {
            ValueType: 'CODE',
            ConceptNameCodeSequence: [codeItem(codes.quantity)],
            ConceptCodeSequence: [codeItem(ownCodes.evidence)],
          },
        ],
        DoubleFloatRealWorldValueFirstValueMapped: -3.4e38,
        DoubleFloatRealWorldValueLastValueMapped: 3.4e38,
        RealWorldValueIntercept: 0,
        RealWorldValueSlope: 1,
      },
    ],
    PixelValueTransformationSequence: [{ RescaleIntercept: 0, RescaleSlope: 1, RescaleType: 'US' }],
  };
};

const widestWindow = (frame: Float32Array): number => {
  const largest = frame.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 ? 2 * largest : 1;
};

export const parametricMap = (reported: ReportedCase): MadeObject => {
  const prediction = predictionOf(reported);
  const arterial = arterialOf(reported, prediction);
  const frame = evidenceFrame(prediction.map, arterial);
  const reference = reported.images?.stacks.get(arterial.stackId)?.[arterial.slice];
  const derivation = reference
    ? {
        DerivationImageSequence: [
          {
            DerivationCodeSequence: [codeItem(codes.imageProcessing)],
            SourceImageSequence: [
              {
                ReferencedSOPClassUID: reference.sopClassUID,
                ReferencedSOPInstanceUID: reference.sopInstanceUID,
                ReferencedFrameNumber: reference.frame,
                PurposeOfReferenceCodeSequence: [codeItem(codes.sourceImage)],
              },
            ],
          },
        ],
      }
    : {};
  const dimension = objectUid(reported, 'map', 'dimension');
  const { grid } = prediction.map;
  return makeObject(reported, {
    sopClass: sopClasses.parametricMap,
    series: { kind: 'map', modality: 'MR', number: 9102, description: 'haicast evidence for response, log-odds' },
    instance: 1,
    hasPrivateCodes: true,
    content: {
      FrameOfReferenceUID: arterial.frameOfReferenceUID,
      PositionReferenceIndicator: '',
      ImageType: frameType,
      ContentLabel: 'EVIDENCE',
      ContentDescription: 'Evidence for response; no finding',
      ContentCreatorName: '',
      ImageComments: [
        bannerOf(prediction.model.status) ?? '',
        ...(isSimulatedCase(reported.saved) ? ['Simulated patient.'] : []),
        `Log-odds of each cell of ${grid.spacing.toFixed(2)} mm, repeated in every pixel of it; 0 outside of the map.`,
        `Cells add up to ${prediction.imageContribution.toFixed(4)}.`,
      ].join(' '),
      BurnedInAnnotation: 'NO',
      RecognizableVisualFeatures: 'NO',
      LossyImageCompression: '00',
      PresentationLUTShape: 'IDENTITY',
      ContentQualification: 'RESEARCH',
      NumberOfFrames: 1,
      Rows: arterial.rows,
      Columns: arterial.columns,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      BitsAllocated: 32,
      DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimension }],
      DimensionIndexSequence: [
        {
          DimensionOrganizationUID: dimension,
          DimensionIndexPointer: 'ImagePositionPatient',
          FunctionalGroupPointer: 'PlanePositionSequence',
          DimensionDescriptionLabel: 'Position',
        },
      ],
      SharedFunctionalGroupsSequence: [sharedGroups(arterial)],
      PerFrameFunctionalGroupsSequence: [
        {
          FrameContentSequence: [{ DimensionIndexValues: [1] }],
          PlanePositionSequence: placement(arterial).PlanePositionSequence,
          FrameVOILUTSequence: [{ WindowCenter: 0, WindowWidth: widestWindow(frame), VOILUTFunction: 'LINEAR_EXACT' }],
          ...derivation,
        },
      ],
      AcquisitionContextSequence: [],
      ReferencedSeriesSequence: referencedSeries(reported, reference ? [reference] : []),
      FloatPixelData: new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength),
    },
  });
};
