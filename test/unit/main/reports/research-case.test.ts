/** A research export names nobody, and belongs to the de-identified copies of the images. */
import { expect, test } from 'vitest';
import { exportKinds } from '#shared/report/export-kinds.ts';
import { defaultOptions } from '#shared/study/deidentify.ts';
import { makeFiles } from '../../../../src/main/reports/make-files.ts';
import type { ReportedCase } from '../../../../src/main/reports/reported-case.ts';
import { researchCase, researchWhole } from '../../../../src/main/reports/research/research-case.ts';
import { prepareFile } from '../../../../src/main/study/deidentify/export-study.ts';
import { dictionary } from '../../../../src/main/study/tags/dictionary.ts';
import { dicomFile, mrElements } from '../../../fixtures/dicom/write-dicom.ts';
import { keyImages } from '../../../fixtures/reports/key-images.ts';
import { materialOf } from '../../../fixtures/reports/material.ts';
import { everything, readObject } from '../../../fixtures/reports/read-object.ts';
import { images, prediction, reportedCase } from '../../../fixtures/reports/reported-case.ts';

/** Moves the dates of this patient out of the years that they are looked for in. */
const key = Buffer.alloc(32, 7);

const made = async (named: ReportedCase) => {
  const reported = researchCase(named, key);
  const material = { ...materialOf(named, keyImages), reported, whole: researchWhole(reported) };
  const files = new Map<string, Uint8Array>();
  const notMade: Record<string, string> = {};
  for await (const step of makeFiles(material, new Set(exportKinds))) {
    if ('made' in step) files.set(step.made.name, step.made.bytes);
    else notMade[step.notMade.kind] = step.notMade.reason;
  }
  return { reported, files, notMade };
};

/** Something of a person in every place where somebody can write, or a file can say it. */
const planted = (): ReportedCase => {
  const base = reportedCase();
  const { saved, course } = base;
  const word = (place: string) => `Planted-${place} Zhivago`;
  const [visit, ...visits] = course.timePoints;
  if (!visit) throw new Error('a course has a baseline');
  return {
    ...base,
    installation: 'planted-installation',
    saved: {
      ...saved,
      id: 'planted-case-id',
      source: { kind: 'path', path: '/images/planted-path' },
      note: word('note'),
      modelId: 'planted-model',
      lesions: saved.lesions.map((one) => ({ ...one, label: word('label'), comment: word('comment') })),
      factors: { ...saved.factors, afp: { value: 400, unit: 'ng/mL', date: '2026-01-04', assay: word('assay') } },
      roles: saved.roles.map((one) => ({ ...one, confirmedBy: word('confirmer') })),
      study: {
        ...saved.study,
        patient: {
          ...saved.study.patient,
          patientName: 'Planted^Zhivago',
          nameGroups: { alphabetic: 'Planted^Zhivago', ideographic: '张伟' },
        },
        accessionNumber: 'planted-accession',
        studyDescription: word('study'),
        manufacturer: word('manufacturer'),
        contrastAgent: word('agent'),
        ageYears: 93,
        series: saved.study.series.map((one) => ({ ...one, description: word('series'), part: word('part') })),
      },
      predictions: [{ ...prediction, warnings: [warning(word('warning'))] }],
    },
    prediction: { state: 'shown', prediction: { ...prediction, warnings: [warning(word('warning'))] } },
    course: {
      ...course,
      lesions: course.lesions.map((one) => ({ ...one, organ: word('organ'), segment: word('segment') })),
      timePoints: [{ ...visit, note: word('visit') }, ...visits],
      cycles: course.cycles.map((one) => ({
        ...one,
        regimen: word('regimen'),
        access: word('access'),
        note: word('cycle'),
      })),
      coTherapies: [{ id: 'planted-therapy', kind: 'TKI', name: word('therapy'), start: '2026-03-24' }],
      assessments: course.assessments.map((one) => ({ ...one, reader: word('reader'), overrideReason: word('why') })),
    },
    images: images && {
      ...images,
      header: {
        ...images.header,
        patientName: 'Planted^Zhivago',
        referringPhysician: word('physician'),
        studyId: 'planted-study',
      },
    },
  };
};

const warning = (text: string) => ({
  code: 'stale-factors',
  severity: 'warning' as const,
  text,
  params: { factors: text, age: 93 },
});

test('no byte of any file is of a person: no name, number, word, real date or UID', async () => {
  const { files, notMade } = await made(planted());
  expect(notMade).toEqual({ pdf: 'may-name-patient', sc: 'may-name-patient' });
  expect([...files.keys()]).toEqual(
    expect.arrayContaining([
      'measurements.dcm',
      'evidence-map.dcm',
      'objects.dcm',
      'case.fhir.json',
      'case.json',
      'cases.csv',
    ]),
  );
  for (const [name, bytes] of files) {
    const text = Buffer.from(bytes).toString('utf8');
    for (const found of [
      /planted/i,
      /zhivago/i,
      /张伟/,
      /P-0001/,
      /Hospital A/,
      /Dr Example/,
      /1950/,
      /93\b.*age|"ageYears": 93/,
    ]) {
      expect(text.match(found)?.[0], `${name} ${found}`).toBeUndefined();
    }
    // Days of the case, of any writing; and its UIDs.
    expect(text.match(/2026-?0[1-5]-?\d\d/)?.[0], name).toBeUndefined();
    expect(text.match(/2\.25\.(100\d?|4711)(?!\d)/)?.[0], name).toBeUndefined();
  }
});

test('names, dates and UIDs are those of the copies of its images, so that both belong together', async () => {
  const named = reportedCase();
  const { study } = named.saved;
  const image = dicomFile(mrElements({ instance: 1 }));
  const { pseudonyms } = prepareFile(
    image,
    key,
    defaultOptions,
    dictionary,
    `${study.patient.patientId}\0${study.patient.issuer}`,
  );
  const { files } = await made(named);
  const report = readObject(files.get('measurements.dcm') ?? new Uint8Array(0));
  expect(report).toMatchObject({
    PatientName: pseudonyms.patient,
    PatientID: pseudonyms.patient,
    PatientIdentityRemoved: 'YES',
    LongitudinalTemporalInformationModified: 'MODIFIED',
    StudyInstanceUID: pseudonyms.uid(study.studyInstanceUID),
  });
  const slice = named.images?.stacks.get('2.25.100')?.[2]?.sopInstanceUID ?? '';
  const references = everything(report).map((item) => item.ReferencedSOPInstanceUID);
  expect(references).toContain(pseudonyms.uid(slice));
  expect(JSON.stringify(report)).toContain(pseudonyms.uid('2.25.4711'));
});

test('what was measured and computed is the same, and so is a lesion in every export', async () => {
  const [one, two] = [await made(planted()), await made(planted())];
  const uids = (files: Map<string, Uint8Array>) =>
    everything(readObject(files.get('measurements.dcm') ?? new Uint8Array(0))).flatMap(({ UID }) => (UID ? [UID] : []));
  expect(uids(one.files)).toEqual(uids(two.files));
  const before = reportedCase();
  const after = researchCase(before, key);
  expect(after.course.timePoints.map(({ measures }) => measures)).toEqual(
    before.course.timePoints.map(({ measures }) => measures),
  );
  expect(after.prediction).toMatchObject({
    state: 'shown',
    prediction: { probability: prediction.probability, map: prediction.map },
  });
  const days = ({ course }: ReportedCase) => course.timePoints.map(({ date }) => Date.parse(date) / 86_400_000);
  const [first = 0, ...others] = days(before).map((day, i) => day - (days(after)[i] ?? 0));
  expect(first).toBeGreaterThan(0);
  for (const other of others) expect(other).toBe(first);
});
