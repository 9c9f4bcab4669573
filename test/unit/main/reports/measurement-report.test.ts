import { expect, test } from 'vitest';
import { assembleCourse } from '#shared/course/assemble.ts';
import type { ReportedCase } from '../../../../src/main/reports/reported-case.ts';
import { measurementReport } from '../../../../src/main/reports/sr/measurement-report.ts';
import { contentLines, everything, groupsOf, itemsOf, readObject } from '../../../fixtures/reports/read-object.ts';
import { reportedCase, withheldCase } from '../../../fixtures/reports/reported-case.ts';
import { sampleCycle } from '../../shared/course/sample-course.ts';

const groups = (reported = reportedCase()) => groupsOf(measurementReport(reported).bytes);
const linesOf = (name: string) =>
  groups()
    .map(({ lines }) => lines)
    .filter((lines) => lines[0] === `Tracking Identifier = ${name}`);

test('a lesion has its diameters at every visit: long, short and viable, its parts, or how it stands', () => {
  const [baseline, first, second] = linesOf('L1');
  expect(baseline).toContain('Long Axis = 30');
  expect(baseline).toContain('Short Axis = 20');
  expect(baseline).toContain('Longest diameter of the arterially enhancing part = 28');
  expect(baseline).toContain('Baseline Category = Target Lesion at Baseline');
  expect(first).toEqual(expect.arrayContaining(['Long Axis = 9', 'Long Axis = 6']));
  expect(first).toContain('State of the lesion at the time point = Split into parts');
  expect(second).toContain('Longest diameter of the arterially enhancing part = 0');
  expect(linesOf('L2').map((lines) => lines.find((line) => line.startsWith('State')))).toEqual([
    undefined,
    'State of the lesion at the time point = No longer visible',
    'State of the lesion at the time point = Too small to measure',
  ]);
  // A node is measured by its short axis alone.
  expect(linesOf('N1')[0]).toContain('Short Axis = 20');
  expect(linesOf('N1')[0]?.join()).not.toContain('Long Axis');
});

test('a visit is the baseline, before treatment or after it by the first cycle, and none of them where no cycle is entered', () => {
  const typesOf = (reported: ReportedCase) =>
    groups(reported)
      .filter(({ lines }) => lines[0] === 'Tracking Identifier = L1')
      .map(({ lines }) => lines.find((line) => line.startsWith('Time Point Type'))?.split(' = ')[1]);
  const reported = reportedCase();
  const withCycle = (date: string): ReportedCase => ({
    ...reported,
    course: { ...reported.course, cycles: [sampleCycle('c1', date)] },
  });
  expect(typesOf(reported)).toEqual(['Baseline', 'Posttreatment', 'Posttreatment']);
  expect(typesOf(withCycle('2026-04-01'))).toEqual(['Baseline', 'Pretreatment', 'Posttreatment']);
  expect(typesOf(withCycle('2026-03-01'))).toEqual(['Baseline', undefined, 'Posttreatment']);
  expect(typesOf({ ...reported, course: { ...reported.course, cycles: [] } })).toEqual([
    'Baseline',
    undefined,
    undefined,
  ]);
});

test('the tracking UID of a lesion is the same at every visit and in every export, and another for every lesion', () => {
  const uids = (at: Date) =>
    groups(reportedCase({ at }))
      .map(({ uid, lines }) => [lines[0], uid] as const)
      .filter(([name]) => /[LN]\d/.test(name ?? ''));
  const now = uids(new Date(2026, 4, 6));
  expect(uids(new Date(2027, 0, 1))).toEqual(now);
  expect(new Set(now.map(([, uid]) => uid)).size).toBe(4);
  expect(new Set(now.map(([name, uid]) => `${name} ${uid}`)).size).toBe(4);
});

test('a lesion that is marked in the case keeps its tracking UID though a mark before it is taken away', () => {
  const uidOfMark = (id: string, reported: ReportedCase) =>
    groups(reported).find(({ lines }) => lines[0] === `Tracking Identifier = ${id}`)?.uid;
  const before = reportedCase();
  const saved = { ...before.saved, lesions: before.saved.lesions.slice(1) };
  const later = { ...before, saved, course: assembleCourse(saved.id, saved, []) };
  expect(uidOfMark('L1', later)).toBe(uidOfMark('L2', before));
  expect(uidOfMark('L1', later)).not.toBe(uidOfMark('L1', before));
});

test('a line is on the image where the study is at hand, at the pixel that it was drawn on, and in the patient elsewhere', () => {
  const coordinates = (reported = reportedCase()) =>
    everything(readObject(measurementReport(reported).bytes)).filter((item) => item.GraphicData !== undefined);
  const onImage = coordinates().find((item) => item.ValueType === 'SCOORD');
  // (-20 + 40) / 1.25 + 0.5 = 16.5 columns, (0 + 30) / 1.5 + 0.5 = 20.5 rows.
  expect(onImage?.GraphicData).toBe('16.5\\20.5\\40.5\\20.5');
  const [image] = itemsOf(onImage?.ContentSequence);
  expect(itemsOf(image?.ReferencedSOPSequence)[0]?.ReferencedSOPInstanceUID).toBe('2.25.1002');
  const inPatient = coordinates(reportedCase({ images: undefined }));
  expect(inPatient.every(({ ValueType }) => ValueType === 'SCOORD3D')).toBe(true);
  expect(inPatient[0]).toMatchObject({
    GraphicData: '-20\\0\\10\\10\\0\\10',
    ReferencedFrameOfReferenceUID: '2.25.4711',
  });
});

test('a response names its criterion, its reader, its sum and how that changed', () => {
  const [lines] = linesOf('response recist-1.1 v1');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Response Evaluation Method = RECIST 1.1',
      'Current Response = Partial response (RECIST 1.1)',
      'Measurement of Response = 26',
      'Change of the sum from baseline = -48',
      'Comment = RECIST 1.1, confirmed by Dr Example',
    ]),
  );
  expect(linesOf('response mrecist v1')[0]).toContain('Comment = mRECIST, confirmed by no reader');
});

test('the prediction has its algorithm, interval, criterion and limits', () => {
  const [lines = []] = linesOf('prediction');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Algorithm Name = a-model',
      'Algorithm Version = 1.0.0',
      'Algorithm Family = Artificial Intelligence',
      'Probability = 0.625',
      '+, range of upper measurement uncertainty = 0.125',
      '-, range of lower measurement uncertainty = 0.125',
      'Response Evaluation Method = mRECIST for hepatocellular carcinoma',
      'Comment = Interval: 50.0 % to 75.0 % at 90.0 %.',
      'Comment = The cohort that the model was made with is simulated.',
    ]),
  );
});

test('a withheld prediction is said to be withheld and why, and its number is nowhere', () => {
  const { bytes } = measurementReport(withheldCase());
  const lines = contentLines(readObject(bytes));
  expect(lines).toContain('Comment = Withheld: The lesion is too small for the model.');
  expect(lines.join('\n')).not.toMatch(/Probability|Interval|uncertainty/);
  expect(Buffer.from(bytes).toString('latin1')).not.toContain('0.123456');
});

test('while a board keeps the model covered nothing of it is in the report', () => {
  const { bytes } = measurementReport(reportedCase({ prediction: { state: 'covered' } }));
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toContain('covered until the tumour board has voted');
  expect(text).not.toMatch(/a-model|0\.625|Probability/);
});

test('private codes are declared, and none is longer than a code value may be', () => {
  const dataset = readObject(measurementReport(reportedCase()).bytes);
  const codes = everything(dataset).filter((item) => item.CodingSchemeDesignator !== undefined && item.CodeValue);
  expect(codes.filter(({ CodeValue }) => String(CodeValue).length > 16)).toEqual([]);
  expect(codes.filter(({ CodeMeaning }) => String(CodeMeaning).length > 64)).toEqual([]);
  const schemes = new Set(codes.map(({ CodingSchemeDesignator }) => CodingSchemeDesignator));
  expect([...schemes].sort()).toEqual(['99HAICAST', 'DCM', 'RFC5646', 'SCT', 'UCUM', 'UMLS']);
  expect(itemsOf(dataset.CodingSchemeIdentificationSequence)[0]?.CodingSchemeDesignator).toBe('99HAICAST');
});
