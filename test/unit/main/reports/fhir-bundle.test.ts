import { Fhir } from 'fhir';
import { expect, test } from 'vitest';
import { fhirBundle } from '../../../../src/main/reports/fhir/bundle.ts';
import type { Entry } from '../../../../src/main/reports/fhir/resources.ts';
import { reportedCase, withheldCase } from '../../../fixtures/reports/reported-case.ts';

const resources = (reported = reportedCase()) =>
  (fhirBundle(reported).entry as Entry[]).map(({ resource }) => resource);
const ofType = (type: string, reported = reportedCase()) =>
  resources(reported).filter(({ resourceType }) => resourceType === type);

test.each([
  ['with everything', reportedCase()],
  ['withheld', withheldCase()],
  ['covered', reportedCase({ prediction: { state: 'covered' }, decisions: [] })],
  ['without its study', reportedCase({ images: undefined })],
])('a case %s is valid FHIR R4', (_, reported) => {
  const checked = new Fhir().validate(fhirBundle(reported), { errorOnUnexpected: true });
  const wrong = checked.messages
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location}: ${message}`);
  expect(wrong).toEqual([]);
  expect(checked.valid).toBe(true);
});

test('every reference leads to a resource of the bundle', () => {
  const entries = fhirBundle(reportedCase()).entry as Entry[];
  const there = new Set(entries.map(({ fullUrl }) => fullUrl));
  const wanted = [...JSON.stringify(entries).matchAll(/"reference":"([^"]+)"/g)].map(([, url]) => url);
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((url) => url !== undefined && !there.has(url))).toEqual([]);
});

test('a probability is a percentage, as R4 has decimals of a risk, with its interval as a range', () => {
  expect(ofType('RiskAssessment')[0]?.prediction).toMatchObject([
    { probabilityDecimal: 62.5 },
    { probabilityRange: { low: { value: 50, code: '%' }, high: { value: 75 } } },
  ]);
});

test('a withheld prediction has its reasons and no number, a covered one is not there', () => {
  const [risk] = ofType('RiskAssessment', withheldCase());
  expect(risk?.prediction).toBeUndefined();
  expect(JSON.stringify(risk)).toContain('Withheld: The lesion is too small');
  expect(JSON.stringify(fhirBundle(withheldCase()))).not.toMatch(/12\.34|0\.123/);
  expect(ofType('RiskAssessment', reportedCase({ prediction: { state: 'covered' } }))).toEqual([]);
});

test('a lesion is one body structure by its tracking UID, and its sizes point at it', () => {
  const lesions = ofType('BodyStructure');
  expect(lesions).toHaveLength(4);
  expect(JSON.stringify(lesions[0]?.identifier)).toMatch(/urn:oid:2\.25\.\d+/);
  const sizes = ofType('Observation').filter((one) => JSON.stringify(one.code).includes('21889-1'));
  expect(sizes).toHaveLength(10);
  expect(sizes[0]?.component).toMatchObject([
    { valueQuantity: { value: 30, code: 'mm' } },
    { valueQuantity: { value: 28 } },
  ]);
});

test('what is measured of a lymph node is its short axis, and never coded as the largest dimension', () => {
  const sizes = ofType('Observation')
    .filter((one) => JSON.stringify(one.note ?? '').includes('lymph node'))
    .filter(({ component }) => component !== undefined);
  expect(sizes.length).toBeGreaterThan(0);
  for (const size of sizes) {
    expect(JSON.stringify(size.component)).toContain('"103340004"');
    expect(JSON.stringify(size.component)).not.toContain('33728-7');
  }
});

test('a response is preliminary until a reader has confirmed it, and what a board decided is a plan', () => {
  const responses = ofType('Observation').filter((one) => JSON.stringify(one.code).includes('112048'));
  expect(responses.map(({ status }) => status)).toEqual(['final', 'preliminary', 'preliminary', 'preliminary']);
  expect(ofType('CarePlan')).toMatchObject([
    { intent: 'plan', activity: [{ detail: { code: { text: 'haic' }, scheduledPeriod: { end: '2026-01-20' } } }] },
  ]);
});
