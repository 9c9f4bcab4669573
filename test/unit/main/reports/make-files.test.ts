import { expect, test } from 'vitest';
import { exportKinds } from '#shared/report/export-kinds.ts';
import { readReport } from '../../../../src/main/reports/embedded-report.ts';
import { makeFiles } from '../../../../src/main/reports/make-files.ts';
import type { ReportedCase } from '../../../../src/main/reports/reported-case.ts';
import { researchCase } from '../../../../src/main/reports/research/research-case.ts';
import { readTree } from '../../../../src/main/study/deidentify/tree.ts';
import { dictionary } from '../../../../src/main/study/tags/dictionary.ts';
import { keyImages, pictureOf } from '../../../fixtures/reports/key-images.ts';
import { materialOf } from '../../../fixtures/reports/material.ts';
import { everything, itemsOf, readObject } from '../../../fixtures/reports/read-object.ts';
import { reportedCase, withheldCase } from '../../../fixtures/reports/reported-case.ts';

const made = async (reported: ReportedCase, images = keyImages, picture = pictureOf) => {
  const files = new Map<string, Uint8Array>();
  const notMade: Record<string, string> = {};
  for await (const step of makeFiles(materialOf(reported, images, picture), new Set(exportKinds))) {
    if ('made' in step) files.set(step.made.name, step.made.bytes);
    else notMade[step.notMade.kind] = step.notMade.reason;
  }
  return { files, notMade };
};

const rgbOf = (bytes: Uint8Array): Uint8Array => {
  const { pixelData, bytes: all } = readTree(bytes, dictionary);
  return pixelData ? all.subarray(pixelData.start, pixelData.start + pixelData.length) : new Uint8Array(0);
};

test('everything of a case is made, and no file name says whose it is', async () => {
  const { files, notMade } = await made(reportedCase());
  expect(notMade).toEqual({});
  expect([...files.keys()].slice(0, 10)).toEqual([
    'report.dcm',
    'measurements.dcm',
    'key-image-01.dcm',
    'key-image-02.dcm',
    'key-image-03.dcm',
    'key-image-04.dcm',
    'evidence-map.dcm',
    'objects.dcm',
    'case.fhir.json',
    'case.json',
  ]);
  expect([...files.keys()].join()).not.toMatch(/Muster|P-0001/);
});

test('the key object selection names every object that was made before it', async () => {
  const { files } = await made(reportedCase());
  const named = new Set(
    everything(readObject(files.get('objects.dcm') ?? new Uint8Array(0))).map((item) => item.ReferencedSOPInstanceUID),
  );
  const uids = [...files]
    .filter(([name]) => name.endsWith('.dcm') && name !== 'objects.dcm')
    .map(([, bytes]) => readObject(bytes).SOPInstanceUID);
  expect(uids).toHaveLength(7);
  for (const uid of uids) expect(named).toContain(uid);
});

test('a key image has its own pixels, with the banner in a strip below them', async () => {
  const { files } = await made(reportedCase());
  for (const name of ['key-image-01.dcm', 'key-image-02.dcm']) {
    const bytes = files.get(name) ?? new Uint8Array(0);
    const dataset = readObject(bytes);
    const rgb = rgbOf(bytes);
    expect(Number(dataset.Rows)).toBeGreaterThan(32);
    expect(dataset.Columns).toBe('48');
    const at = (x: number, y: number) => [...rgb.subarray((y * 48 + x) * 3, (y * 48 + x) * 3 + 3)];
    expect(at(0, 0)).toEqual([0, 0, 90]);
    expect(at(47, 31)).toEqual([235, 248, 200]);
    const strip = rgb.subarray(48 * 32 * 3);
    expect(strip.some((value) => value === 255)).toBe(true);
    expect(String(dataset.ImageComments)).toContain('trained on simulated patients');
    expect(dataset.BurnedInAnnotation).toBe('NO');
  }
});

test('a picture is said to name the patient where somebody wrote a word of the name beside a lesion', async () => {
  const { saved } = reportedCase();
  const lesions = saved.lesions.map((lesion) => ({ ...lesion, comment: 'seen with Mrs Muster' }));
  const { files } = await made(reportedCase({ saved: { ...saved, lesions } }));
  expect(readObject(files.get('key-image-01.dcm') ?? new Uint8Array(0)).BurnedInAnnotation).toBe('YES');
});

test('a picture under the map of another prediction, or of one that may not be shown, does not leave', async () => {
  const withheld = [...(await made(withheldCase())).files].filter(([name]) => /^key-image-\d/.test(name));
  expect(withheld).toHaveLength(3);
  for (const [, bytes] of withheld) expect(String(readObject(bytes).DerivationDescription)).not.toContain('map');
  const covered = await made(reportedCase({ prediction: { state: 'covered' } }), keyImages.slice(1));
  expect(covered.notMade).toMatchObject({ map: 'covered', json: 'covered', csv: 'covered' });
  const captured = [...covered.files]
    .filter(([name]) => name.startsWith('key-image'))
    .map(([, bytes]) => readObject(bytes));
  // Those of follow-ups are left, over which no map ever lay.
  expect(captured.map((dataset) => dataset.DerivationDescription)).toEqual([
    'Key image, arterial, follow-up of 2026-03-01, at lesion L1',
    'Key image, arterial, follow-up of 2026-05-01',
  ]);
  expect(covered.files.has('measurements.dcm')).toBe(true);
});

test('a withheld number, and what adds up to it, is in nothing that leaves: its reasons are', async () => {
  const reported = withheldCase();
  if (reported.prediction.state !== 'withheld') throw new Error('the prediction of this case is withheld');
  const { prediction: withheld } = reported.prediction;
  const saved = { ...reported.saved, predictions: [withheld], comparison: withheld };
  const { files } = await made({ ...reported, saved });
  const whole = JSON.parse(Buffer.from(files.get('case.json') ?? []).toString());
  const [prediction] = whole.predictions;
  expect(prediction).toMatchObject({ decision: 'withheld', withheldBecause: [{ code: expect.any(String) }] });
  for (const name of [
    'probability',
    'interval',
    'logit',
    'imageContribution',
    'clinicalContributions',
    'map',
    'warnings',
  ]) {
    expect(prediction).not.toHaveProperty(name);
  }
  const all = [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n');
  expect(all).not.toMatch(/0\.123|12\.3/);
});

test('what cannot be made is said, and the rest is made', async () => {
  const broken = await made(reportedCase(), keyImages, () => new Uint8Array(3));
  expect(broken.notMade).toEqual({ pdf: 'picture-unreadable', sc: 'picture-unreadable' });
  const { saved } = reportedCase();
  const { course } = reportedCase();
  const bare = { saved: { ...saved, roles: [] }, course: { ...course, images: [] } };
  const noArterial = await made(reportedCase(bare), []);
  expect(noArterial.notMade).toEqual({ sc: 'no-key-images', map: 'no-arterial' });
  const fromTable = { ...saved, study: { ...saved.study, studyInstanceUID: '', series: [] } };
  const table = await made(reportedCase({ saved: fromTable, images: undefined }));
  expect(table.notMade).toEqual({ pdf: 'no-study', sr: 'no-study', sc: 'no-study', map: 'no-study', kos: 'no-study' });
  expect(table.files.has('case.fhir.json')).toBe(true);
});

test('objects are of the patient and study of the case, in the words of its files where these are at hand', async () => {
  const { files } = await made(reportedCase());
  for (const [name, bytes] of files) {
    if (!name.endsWith('.dcm')) continue;
    expect(readObject(bytes)).toMatchObject({
      PatientName: 'Muster^Erika',
      PatientID: 'P-0001',
      IssuerOfPatientID: 'Hospital A',
      StudyInstanceUID: '2.25.1',
      StudyDate: '20260105',
      AccessionNumber: 'A-1',
    });
  }
  const gone = await made(reportedCase({ images: undefined }));
  expect(readObject(gone.files.get('measurements.dcm') ?? new Uint8Array(0)).PatientName).toBe('Muster Erika');
  expect(
    itemsOf(
      readObject(gone.files.get('measurements.dcm') ?? new Uint8Array(0)).CurrentRequestedProcedureEvidenceSequence,
    ),
  ).toEqual([]);
});

const reportIn = (files: ReadonlyMap<string, Uint8Array>) => {
  const object = Buffer.from(files.get('report.dcm') ?? []);
  const start = object.indexOf('%PDF-', 0, 'latin1');
  return readReport(object.subarray(start, object.lastIndexOf('%%EOF', undefined, 'latin1') + 6));
};

test('the report leaves as the file that a report is, which says that it is as it was made', async () => {
  const { files } = await made(reportedCase());
  expect(readObject(files.get('report.dcm') ?? new Uint8Array(0))).toMatchObject({
    Modality: 'DOC',
    MIMETypeOfEncapsulatedDocument: 'application/pdf',
    BurnedInAnnotation: 'YES',
  });
  const { content, isIntact } = reportIn(files);
  expect(isIntact).toBe(true);
  expect(content?.result).toMatchObject({ state: 'shown', probability: 0.625 });
});

test('its page has no number of a model that is covered or withheld, and none is made of an outdated one that is covered', async () => {
  const covered = reportIn((await made(reportedCase({ prediction: { state: 'covered' } }))).files);
  expect(covered.content?.result).toEqual({ state: 'covered', meetings: ['2026-01-08'] });
  expect(reportIn((await made(withheldCase())).files).content?.result).toMatchObject({ state: 'withheld' });
  const { saved } = reportedCase();
  const outdated = reportedCase({ prediction: { state: 'covered' }, saved: { ...saved, predictions: [] } });
  expect((await made(outdated)).notMade).toMatchObject({ pdf: 'covered' });
});

test('nothing that leaves says where a study lies on this computer', async () => {
  const reported = reportedCase();
  const path = '/home/someone/images';
  const study = { state: 'opened' as const, studyInstanceUID: '2.25.2', kind: 'path' as const, path };
  const body = { id: 'v1', date: '2026-03-01', study, measures: {}, factors: {} };
  const entry = { sequence: 1, kind: 'time-point' as const, id: 'v1', at: '', actor: 'a', amendment: null, body };
  const saved = { ...reported.saved, source: { kind: 'path' as const, path } };
  const material = materialOf({ ...reported, saved }, keyImages);
  const files: Buffer[] = [];
  for await (const step of makeFiles(
    { ...material, whole: { ...material.whole, course: [entry] } },
    new Set(exportKinds),
  )) {
    if ('made' in step) files.push(Buffer.from(step.made.bytes));
  }
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((bytes) => bytes.includes(path))).toEqual([]);
  expect(files.filter((bytes) => bytes.includes('2.25.2"')).length).toBeGreaterThan(0);
});

test('key images of follow-ups leave with their day, and with no image of the case for a source', async () => {
  const { files } = await made(reportedCase());
  const own = readObject(files.get('key-image-01.dcm') ?? new Uint8Array(0));
  expect(itemsOf(own.SourceImageSequence)).toMatchObject([{ ReferencedSOPInstanceUID: '2.25.1002' }]);
  expect(own.AcquisitionDate).toBeUndefined();
  const later = readObject(files.get('key-image-03.dcm') ?? new Uint8Array(0));
  expect(later).toMatchObject({ AcquisitionDate: '20260301', StudyDate: '20260105' });
  expect(String(later.ImageComments)).toContain('Images of 2026-03-01; the study named here is that of the case.');
  expect(itemsOf(later.SourceImageSequence)).toEqual([]);
});

test('marks that are no lesions are said of the pictures that show them, and named with their slices', async () => {
  const region = 'M1 region, 512 ± 33.3 · 2.5 cm², S8: rim';
  const { files } = await made(reportedCase());
  expect(String(readObject(files.get('key-image-01.dcm') ?? new Uint8Array(0)).ImageComments)).toContain(
    `Marks: ${region}.`,
  );
  expect(String(readObject(files.get('key-image-03.dcm') ?? new Uint8Array(0)).ImageComments)).not.toContain('Marks');
  const selection = everything(readObject(files.get('objects.dcm') ?? new Uint8Array(0)));
  expect(selection.map(({ TextValue }) => TextValue).join()).toContain(`Marks on its images: ${region}; M2 arrow.`);
  // The arrow points at a slice of which no picture was kept: the nearest one to its tip.
  expect(selection.map(({ ReferencedSOPInstanceUID }) => ReferencedSOPInstanceUID)).toContain('2.25.1003');
  // Without the study at hand the slice follows from where the series lies.
  const gone = await made(reportedCase({ images: undefined }));
  expect(String(readObject(gone.files.get('key-image-01.dcm') ?? new Uint8Array(0)).ImageComments)).toContain(region);
});

test('without its patient neither pictures nor marks leave', async () => {
  const { files } = await made(researchCase(reportedCase(), Buffer.alloc(32, 7)), []);
  expect([...files.keys()].filter((name) => /^key-image-\d/.test(name))).toEqual([]);
  const all = [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join();
  expect(all).not.toMatch(/M1 region|\brim\b/);
});
