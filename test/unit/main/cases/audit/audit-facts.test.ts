import { describe, expect, test } from 'vitest';
import { auditFacts } from '../../../../../src/main/cases/audit/audit-facts.ts';

const saved = {
  revision: 3,
  seal: { version: 2, hash: 'ff' },
  changes: {
    factors: {
      afp: { from: { value: 400, unit: 'ng/mL' }, to: { value: 20, comparator: '<', unit: 'ng/mL' } },
      hcv: { from: { value: 'resolved' }, to: { value: 'Erika Muster, negative' } },
      ascites: { from: null, to: { value: 'none' } },
    },
    lesions: { 'lesion-1': { from: null, to: { seriesId: '2.25.2#echo-1', label: 'Muster' } } },
    roles: { arterial: { from: null, to: { seriesId: '2.25.2#echo-1', role: 'arterial' } } },
    baseRate: { from: null, to: 0.4 },
    note: 'changed',
  },
  prediction: { id: 'p', probability: 0.31, model: { id: 'a-model', version: '1.0.0', sha256: '00' } },
};

describe('what is shown of an entry', () => {
  test('is what changed, from which number to which', () => {
    expect(auditFacts(saved)).toStrictEqual([
      { name: 'revision', value: 3 },
      { name: 'factors', value: 'afp 400 ng/mL → <20 ng/mL; hcv resolved → …; ascites none' },
      { name: 'lesions', value: 'lesion-1' },
      { name: 'roles', value: 'arterial' },
      { name: 'baseRate', value: '0.4' },
      { name: 'note', value: 'changed' },
      { name: 'probability', value: 0.31 },
      { name: 'model', value: 'a-model 1.0.0' },
    ]);
  });

  test('is no identifier of a patient or a series, in entries of any release', () => {
    const shown = JSON.stringify(
      auditFacts({ ...saved, patientName: 'Muster^Erika', studyInstanceUID: '2.25.1', path: '/images/muster' }),
    );
    expect(shown).not.toMatch(/Muster|Erika|2\.25\.|images/);
  });

  test('is where an archive is, and why a sending to it ended', () => {
    const facts = { archive: 'Radiology', address: 'https://pacs.example', files: 3, reason: 'pacs-broken-off' };
    expect(Object.fromEntries(auditFacts(facts).map(({ name, value }) => [name, value]))).toEqual(facts);
  });

  test('is every number and choice of an export, and counts of what was lost', () => {
    expect(auditFacts({ series: 2, written: 40, leftOut: 1, linking: 'none', warnings: { a: 1 } })).toStrictEqual([
      { name: 'series', value: 2 },
      { name: 'written', value: 40 },
      { name: 'leftOut', value: 1 },
      { name: 'linking', value: 'none' },
    ]);
    expect(auditFacts({ kept: 5, lost: ['a', 'b'] })).toStrictEqual([
      { name: 'kept', value: 5 },
      { name: 'lost', value: 2 },
    ]);
    expect(
      auditFacts({ settings: { theme: { from: 'dark', to: 'light' }, regimens: { from: [{}], to: [] } } }),
    ).toStrictEqual([{ name: 'settings', value: 'theme dark → light; regimens changed' }]);
  });
});
