import { Fhir } from 'fhir';
import { expect, test } from 'vitest';
import { fhirBundle } from '../../../../src/main/reports/fhir/bundle.ts';
import type { Entry } from '../../../../src/main/reports/fhir/resources.ts';
import { keyObjectSelection } from '../../../../src/main/reports/kos/key-object-selection.ts';
import { parametricMap } from '../../../../src/main/reports/map/parametric-map.ts';
import { measurementReport } from '../../../../src/main/reports/sr/measurement-report.ts';
import { prediction, reportedCase } from '../../../fixtures/reports/reported-case.ts';

/** By a model of patients, so that only the patient is made up. */
const caseOf = (kind: 'path' | 'demo' | 'simulated') =>
  reportedCase({
    saved: { ...reportedCase().saved, source: { kind, path: '' } },
    prediction: { state: 'shown', prediction: { ...prediction, model: { ...prediction.model, status: 'research' } } },
  });

const objects = {
  'Structured Report': (kind) => measurementReport(caseOf(kind)),
  'Parametric Map': (kind) => parametricMap(caseOf(kind)),
  'Key Object Selection': (kind) => keyObjectSelection(caseOf(kind), [measurementReport(caseOf(kind))]),
} satisfies Record<string, (kind: 'path' | 'demo' | 'simulated') => { bytes: Uint8Array }>;

test.each(Object.entries(objects))(
  'a %s says that its patient is simulated, and of a patient it does not',
  (_, make) => {
    const says = (kind: 'path' | 'demo' | 'simulated') => /simulated/i.test(Buffer.from(make(kind).bytes).toString());
    expect([says('demo'), says('simulated'), says('path')]).toEqual([true, true, false]);
  },
);

test('every FHIR resource of a simulated patient is marked as test data, for it may be taken in without the others', () => {
  const marked = (kind: 'path' | 'demo') =>
    (fhirBundle(caseOf(kind)).entry as Entry[]).map(({ resource }) => JSON.stringify(resource).includes('"HTEST"'));
  expect(new Set(marked('demo'))).toEqual(new Set([true]));
  expect(new Set(marked('path'))).toEqual(new Set([false]));
  expect(new Fhir().validate(fhirBundle(caseOf('demo')), { errorOnUnexpected: true }).valid).toBe(true);
});
