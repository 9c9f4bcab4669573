/**
 * A process of its own that saves one case again and again, telling after each save, until it is killed:
 * `node save-until-killed.ts FILE`. What it saves follows from the number of the save alone.
 */
import { writeSync } from 'node:fs';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import type { CaseToSave } from '../../../../src/main/cases/rows/case-to-save.ts';
import { sampleCase, samplePrediction, sampleStudy } from './sample-case.ts';
import { TEST_KEY } from './test-key.ts';

/** Large enough that a save takes long compared with the time between two of them. */
const LESIONS = 150;
const CELLS = 4_000;

export const caseOfSave = (number: number, caseId?: string): CaseToSave => {
  const prediction = samplePrediction(`prediction-${number}`, (number % 100) / 100);
  return sampleCase({
    ...(caseId === undefined ? {} : { caseId }),
    study: { ...sampleStudy(), studyDescription: `save ${number}` },
    lesions: Array.from({ length: LESIONS + (number % 7) }, (_, index) => ({
      id: `lesion-${number}-${index}`,
      label: `T${index}`,
      kind: 'target',
      seriesId: '2.25.2',
      longAxis: [
        [number, index, 0],
        [number, index, 10],
      ],
    })),
    factors: { afp: { value: number, unit: 'ng/mL' }, ...(number % 2 === 0 ? { age: { value: 50 } } : {}) },
    note: `save ${number}`,
    prediction: { ...prediction, map: { ...prediction.map, values: new Array<number>(CELLS).fill(number / 7) } },
  });
};

if (process.argv[1] === import.meta.filename) {
  const store = new RecordsStore({ file: process.argv[2] ?? '', key: TEST_KEY });
  const [kept] = store.list().cases;
  let id = kept?.id;
  // Every save brings one prediction, so their number is the number of the last save.
  for (let number = (kept ? store.get(kept.id).predictions.length : 0) + 1; ; number++) {
    id = store.save(caseOfSave(number, id), 'a').id;
    writeSync(1, `${number}\n`);
  }
}
