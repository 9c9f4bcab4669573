/** Everything that was asked for of a case, one file after the other. Reads nothing but what it is given. */
import type { KeyImage } from '#shared/cases/key-image.ts';
import { AppError } from '#shared/errors.ts';
import { type ExportKind, exportKinds, type NotMadeReason } from '#shared/report/export-kinds.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import { type ExportedCase, tableHeader, tableNames, tableRows } from '../cases/export/export-tables.ts';
import type { MadeObject } from './dicom/modules.ts';
import { fhirBundle } from './fhir/bundle.ts';
import { keyObjectSelection } from './kos/key-object-selection.ts';
import { type LeavingPicture, leavingPictures } from './leaving-pictures.ts';
import { parametricMap } from './map/parametric-map.ts';
import { NotMade } from './not-made.ts';
import { encapsulatedPdf } from './pdf/encapsulated-pdf.ts';
import { type Pixels, picturePixels } from './pixels/picture-pixels.ts';
import type { ReportedCase } from './reported-case.ts';
import { secondaryCapture } from './sc/secondary-capture.ts';
import { measurementReport } from './sr/measurement-report.ts';
import { withoutWithheldNumbers } from './withheld-numbers.ts';
import { withoutPaths } from './without-paths.ts';

export interface MadeFile {
  kind: ExportKind;
  /** Says nothing of a patient. */
  name: string;
  bytes: Uint8Array;
}

export interface Material {
  reported: ReportedCase;
  /** The same case with every entry ever made, as the records keep it. */
  whole: ExportedCase;
  /** What the page of the case says, and its PDF; `pages` throws `picture-unreadable` where a picture of it cannot be read. */
  report: { content: ReportContent; pages: () => Promise<Uint8Array> };
  /** Throws where the picture cannot be read. */
  picture: (image: Pick<KeyImage, 'id' | 'mediaType'>) => Uint8Array;
}

export type MakingStep = { made: MadeFile } | { notMade: { kind: ExportKind; reason: NotMadeReason } };

const two = (number: number): string => String(number).padStart(2, '0');

const pixelsOf = async (material: Material, image: LeavingPicture): Promise<Pixels> => {
  try {
    return await picturePixels(image.mediaType, material.picture(image));
  } catch {
    throw new NotMade('picture-unreadable');
  }
};

/** DICOM objects stay in mind until the one that names them is made. */
type Maker = (material: Material, objects: MadeObject[]) => AsyncGenerator<Omit<MadeFile, 'kind'>>;

const assertStudy = ({ reported }: Material): void => {
  if (reported.saved.study.studyInstanceUID === '') throw new NotMade('no-study');
};

/** What is exactly as the records have it would show the model to a board that has not voted. */
const assertUncovered = ({ reported }: Material): void => {
  if (reported.prediction.state === 'covered') throw new NotMade('covered');
};

/** Pages and pictures may hold a name that no rule finds: somebody has to look at them. */
const assertNamed = ({ reported }: Material): void => {
  if (reported.deidentified) throw new NotMade('may-name-patient');
};

const reportPages = async (material: Material): Promise<Uint8Array> => {
  const { content, pages } = material.report;
  // The page of a prediction that is outdated knows of no cover, and would say what a board before thought of the model.
  if (content.result.state !== 'covered') assertUncovered(material);
  try {
    return await pages();
  } catch (error) {
    if (error instanceof AppError && error.code === 'picture-unreadable') throw new NotMade('picture-unreadable');
    throw error;
  }
};

const object = (name: string, made: MadeObject, objects: MadeObject[]): Omit<MadeFile, 'kind'> => {
  objects.push(made);
  return { name, bytes: made.bytes };
};

const makers: Readonly<Record<ExportKind, Maker>> = {
  async *pdf(material, objects) {
    assertStudy(material);
    assertNamed(material);
    yield object('report.dcm', encapsulatedPdf(material.reported, await reportPages(material)), objects);
  },
  async *sr(material, objects) {
    assertStudy(material);
    yield object('measurements.dcm', measurementReport(material.reported), objects);
  },
  async *sc(material, objects) {
    assertStudy(material);
    assertNamed(material);
    const images = leavingPictures(material.reported);
    if (images.length === 0) throw new NotMade('no-key-images');
    for (const [index, image] of images.entries()) {
      const pixels = await pixelsOf(material, image);
      const made = secondaryCapture(material.reported, image, { pixels, number: index + 1 });
      yield object(`key-image-${two(index + 1)}.dcm`, made, objects);
    }
  },
  async *map(material, objects) {
    assertStudy(material);
    yield object('evidence-map.dcm', parametricMap(material.reported), objects);
  },
  async *kos(material, objects) {
    assertStudy(material);
    yield { name: 'objects.dcm', bytes: keyObjectSelection(material.reported, objects).bytes };
  },
  async *fhir({ reported }) {
    yield { name: 'case.fhir.json', bytes: Buffer.from(`${JSON.stringify(fhirBundle(reported), null, 1)}\n`) };
  },
  async *json(material) {
    assertUncovered(material);
    const whole = withoutWithheldNumbers(withoutPaths(material.whole));
    yield { name: 'case.json', bytes: Buffer.from(`${JSON.stringify(whole, null, 1)}\n`) };
  },
  async *csv(material) {
    assertUncovered(material);
    const whole = withoutPaths(material.whole);
    for (const name of tableNames) {
      yield { name: `${name}.csv`, bytes: Buffer.from(`${tableHeader(name)}${tableRows(name, whole)}`) };
    }
  },
};

/** In their own order, whatever order they were asked for in. What cannot be made says why, and the rest follows. */
export async function* makeFiles(material: Material, wanted: ReadonlySet<ExportKind>): AsyncGenerator<MakingStep> {
  const objects: MadeObject[] = [];
  for (const kind of exportKinds) {
    if (!wanted.has(kind)) continue;
    try {
      for await (const file of makers[kind](material, objects)) yield { made: { kind, ...file } };
    } catch (error) {
      if (!(error instanceof NotMade)) throw error;
      yield { notMade: { kind, reason: error.reason } };
    }
  }
}
