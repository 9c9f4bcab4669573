import { expect, test } from 'vitest';
import { exportKinds } from '#shared/report/export-kinds.ts';
import { makeFiles } from '../../../../src/main/reports/make-files.ts';
import type { ReportedCase } from '../../../../src/main/reports/reported-case.ts';
import { readTree } from '../../../../src/main/study/deidentify/tree.ts';
import { dictionary } from '../../../../src/main/study/tags/dictionary.ts';
import { keyImages, pictureOf } from '../../../fixtures/reports/key-images.ts';
import { everything, itemsOf, readObject } from '../../../fixtures/reports/read-object.ts';
import { reportedCase, withheldCase } from '../../../fixtures/reports/reported-case.ts';

const made = async (reported: ReportedCase, images = keyImages, picture = pictureOf) => {
  const pictured = { ...reported, saved: { ...reported.saved, keyImages: images } };
  const files = new Map<string, Uint8Array>();
  const notMade: Record<string, string> = {};
  const material = { reported: pictured, whole: { ...pictured.saved, course: [], board: [] }, picture };
  for await (const step of makeFiles(material, new Set(exportKinds))) {
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
  expect([...files.keys()].slice(0, 7)).toEqual([
    'measurements.dcm',
    'key-image-01.dcm',
    'key-image-02.dcm',
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
  expect(uids).toHaveLength(4);
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
  expect((await made(withheldCase())).files.has('key-image-02.dcm')).toBe(false);
  const covered = await made(reportedCase({ prediction: { state: 'covered' } }), keyImages.slice(1));
  expect(covered.notMade).toMatchObject({ sc: 'no-key-images', map: 'covered', json: 'covered', csv: 'covered' });
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
  expect(broken.notMade).toEqual({ sc: 'picture-unreadable' });
  const { saved } = reportedCase();
  const noArterial = await made(reportedCase({ saved: { ...saved, roles: [] } }), []);
  expect(noArterial.notMade).toEqual({ sc: 'no-key-images', map: 'no-arterial' });
  const fromTable = { ...saved, study: { ...saved.study, studyInstanceUID: '', series: [] } };
  const table = await made(reportedCase({ saved: fromTable, images: undefined }));
  expect(table.notMade).toEqual({ sr: 'no-study', sc: 'no-study', map: 'no-study', kos: 'no-study' });
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
