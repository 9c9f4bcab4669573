/** What reports of made-up cases are made of; the fullest has everything that a page can be asked to hold. */
import { deflateSync } from 'node:zlib';
import { pictureIdOf } from '../../../../src/main/cases/rows/key-image-rows.ts';
import type { ReportPicture } from '../../../../src/main/reports/pdf/pictures.ts';
import type { DecisionVersion } from '../../../../src/shared/board/decision.ts';
import type { SavedCase } from '../../../../src/shared/cases/case.ts';
import type { KeyImage } from '../../../../src/shared/cases/key-image.ts';
import { type FactorEntry, type FactorValues, factorIds } from '../../../../src/shared/clinical/factor-values.ts';
import { factorDefinition } from '../../../../src/shared/clinical/factors.ts';
import { assembleCourse } from '../../../../src/shared/course/assemble.ts';
import type { Prediction, PredictionWarning } from '../../../../src/shared/model/prediction.ts';
import { makeReportContent, type ReportInput } from '../../../../src/shared/report/make-content.ts';
import type { ReportContent } from '../../../../src/shared/report/report-content.ts';
import { modelRoles } from '../../../../src/shared/study/roles.ts';
import { samplePrediction, sampleStudy } from '../cases/sample-case.ts';

/** Every factor, dated; measured ones at a long but usual value. */
export const everyFactor = (): FactorValues =>
  Object.fromEntries(
    factorIds.map((id): [string, FactorEntry] => {
      const factor = factorDefinition(id);
      const date = '2024-01-30';
      if (factor.kind === 'choice') return [id, { value: factor.options.at(-1)?.id ?? '', date }];
      const value = Math.round(factor.usual.high * 0.9 * 10) / 10;
      if (factor.kind === 'count') return [id, { value: Math.max(1, Math.round(value)), date }];
      const assay = id === 'pivkaII' ? { assay: 'Architect' } : {};
      return [id, { value, unit: factor.units[0].unit, date, ...assay }];
    }),
  );

/** A grey picture of 4 × 3 pixels, another for each seed: PNG (ISO/IEC 15948), checksums left to be what they are. */
export const pngOf = (seed: number): Buffer => {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 4, 0, 0, 0, 3, 8, 0, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 3 }, (_, y) => Buffer.from([0, seed, seed * 2, y * 60, 200])));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const warnings: PredictionWarning[] = [
  ...(['delayed', 'in-phase'] as const).map((role) => ({
    code: 'missing-role',
    severity: 'serious' as const,
    text: `No ${role}.`,
    params: { role },
    couldMoveTo: { low: 0.51, high: 0.68 },
  })),
  { code: 'roles-unconfirmed', severity: 'serious', text: 'Roles.', params: { roles: 'arterial, portal-venous, t2' } },
  {
    code: 'clamped',
    severity: 'warning',
    text: 'AFP.',
    params: { factor: 'afp', value: 60500, unit: 'ng/mL', low: 2, high: 20000, counted: 20000, wouldGive: 71 },
  },
  {
    code: 'stale-factors',
    severity: 'warning',
    text: 'Stale.',
    params: { limit: 14, days: 45, factors: 'afp, pivkaII, bilirubin, albumin' },
  },
  { code: 'outside-image', severity: 'warning', text: 'Outside.', params: { percent: 93, role: 'delayed' } },
  { code: 'not-delayed', severity: 'warning', text: 'Not delayed.', params: { role: 'hepatobiliary' } },
  { code: 'frame-of-reference', severity: 'warning', text: 'Frame.', params: { role: 't2' } },
];

export const fullPrediction = (): Prediction => ({
  ...samplePrediction('prediction-1', 0.62),
  interval: { level: 0.9, low: 0.41, high: 0.79, widened: true },
  warnings,
  clinicalContributions: factorIds.slice(0, 12).map((factor, i) => ({
    factor,
    value: i === 3 ? null : i + 0.5,
    unit: i === 0 ? 'years' : 'ng/mL',
    contribution: (i % 2 === 0 ? 1 : -1) * (0.9 - i * 0.07),
    ...(i === 1 ? { countedAs: 20000 } : {}),
  })),
});

const images = (): { keyImages: KeyImage[]; pictures: Map<string, ReportPicture> } => {
  const pictures = new Map<string, ReportPicture>();
  const keyImages = modelRoles.flatMap((role, i) =>
    [false, true].map((isMapped): KeyImage => {
      const bytes = pngOf(10 + 2 * i + Number(isMapped));
      const id = pictureIdOf(bytes);
      pictures.set(id, { mediaType: 'image/png', bytes });
      return {
        id,
        mediaType: 'image/png',
        bytes: bytes.byteLength,
        role,
        seriesId: `2.25.${i}`,
        sliceIndex: 40 + i,
        origin: 'index-lesion',
        takenAt: '2024-02-01T10:01:00.000Z',
        ...(isMapped ? { predictionId: 'prediction-1' } : {}),
      };
    }),
  );
  return { keyImages, pictures };
};

export const reportPictures = (): Map<string, ReportPicture> => images().pictures;

export const savedCase = (overrides: Partial<SavedCase> = {}): SavedCase => ({
  id: 'case-1',
  revision: 3,
  createdAt: '2024-02-01T10:02:00.000Z',
  updatedAt: '2024-02-02T08:30:00.000Z',
  source: { kind: 'path', path: '/images/one' },
  study: {
    ...sampleStudy('Muster^Erika', 'P-0001'),
    patient: {
      patientName: 'Zhang^Wei',
      nameGroups: { alphabetic: 'Zhang^Wei', ideographic: '张^伟' },
      patientId: 'P-0001',
      birthDate: '19500102',
      sex: 'M',
    },
  },
  roles: [{ role: 'arterial', seriesId: '2.25.0', origin: 'user', confirmedBy: 'Dr Example', confirmedAt: '' }],
  lesions: Array.from({ length: 5 }, (_, i) => ({
    id: `lesion-${i + 1}`,
    label: `T${i + 1}`,
    kind: i < 2 ? ('target' as const) : ('non-target' as const),
    seriesId: '2.25.0',
    longAxis: [
      [0, 0, 3],
      [50 - 5 * i, 0, 3],
    ],
    shortAxis: [
      [0, 0, 3],
      [0, 30 - 3 * i, 3],
    ],
  })),
  factors: everyFactor(),
  baseRate: 0.3,
  note: 'Seen with the hepatologist.\nAsks for treatment near home.',
  keyImages: images().keyImages,
  predictions: [fullPrediction()],
  comparison: { ...samplePrediction('prediction-2', 0.55), model: { ...samplePrediction().model, id: 'other-model' } },
  trashedAt: null,
  ...overrides,
});

export const decision = (): DecisionVersion => ({
  sequence: 9,
  meetingId: 'meeting-1',
  at: '2024-02-03T15:04:00.000Z',
  by: 'Dr Example',
  amendment: null,
  body: {
    options: [
      { treatment: 'haic', detail: 'FOLFOX', for: 'Evidence for response', against: 'Travel' },
      { treatment: 'systemic', detail: '', for: 'Near home', against: 'Large tumour' },
    ],
    recommendation: 'haic',
    priority: 'soon',
    agreement: 'agree',
    agreementReason: 'Fits what is seen',
    participants: [
      { role: 'surgery', name: 'Dr One' },
      { role: 'interventional-radiology', name: 'Dr Two' },
    ],
    dissent: [{ role: 'oncology', text: 'Would begin with systemic treatment.' }],
    wish: 'Treatment near home',
    owner: 'Dr Two',
    due: '2024-02-12',
    date: '2024-02-03',
    snapshot: {
      question: 'HAIC first?',
      presenter: 'Dr Two',
      caseRevision: 3,
      seen: 'after',
      model: null,
      staging: [],
      keyImageIds: [],
    },
  },
});

/** Whatever is left out is that of the fullest case. */
export const reportInput = (overrides: Partial<ReportInput> = {}): ReportInput => {
  const saved = overrides.saved ?? savedCase();
  return {
    saved,
    simulated: true,
    prediction: saved.predictions[0],
    manifest: undefined,
    course: assembleCourse(saved.id, saved, []),
    recalibrations: [],
    decisions: [decision()],
    coveredBy: [],
    hideIdentity: false,
    language: 'en',
    ...overrides,
  };
};

export const reportContent = (overrides: Partial<ReportInput> = {}): ReportContent =>
  makeReportContent(reportInput(overrides));
