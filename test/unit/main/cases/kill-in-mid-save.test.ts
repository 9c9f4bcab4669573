import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { seeded } from '../../../fuzz/random.ts';
import { imagesOf, writesOf } from './course-until-killed.ts';
import { caseOfSave } from './save-until-killed.ts';
import { TEST_KEY } from './test-key.ts';

const KILLS = 8;
/** Longer than one save takes, so that the kill falls anywhere in it. */
const LONGEST_WAIT_MS = 40;

/** The moments are the same in every run; what they hit depends on the computer. */
const random = seeded(7);

/** Lets it finish a few saves, kills it at a random moment, and gives the last save that it told of. */
const saveAndKill = (file: string, program = 'save-until-killed.ts'): Promise<number> =>
  new Promise((done, reject) => {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, program), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let last = 0;
    let saves = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = Number(line);
      saves += 1;
      if (saves === 3) setTimeout(() => child.kill('SIGKILL'), random.below(LONGEST_WAIT_MS));
    });
    child.on('error', reject);
    child.on('close', (_code, signal) =>
      signal === 'SIGKILL' ? done(last) : reject(new Error('the saving process ended by itself')),
    );
  });

test('a case is whole after kill -9 in the middle of a save: as before it, or as after it', {
  timeout: 90_000,
}, async () => {
  const file = join(temporaryFolder(), 'records.db');
  for (let kill = 0; kill < KILLS; kill++) {
    const told = await saveAndKill(file);
    const store = new RecordsStore({ file, key: TEST_KEY });
    try {
      expect(store.recovered).toBe(true);
      const [summary, ...others] = store.list().cases;
      expect(others).toStrictEqual([]);
      const saved = store.get(summary?.id ?? '');
      const number = saved.predictions.length;
      // What was told is kept; one more may have been finished without a word.
      expect([told, told + 1]).toContain(number);
      const { prediction, ...content } = caseOfSave(number);
      expect(saved).toMatchObject(content);
      expect(saved.lesions).toHaveLength(content.lesions.length);
      expect(Object.keys(saved.factors)).toStrictEqual(Object.keys(content.factors));
      expect(saved.predictions[0]).toStrictEqual(prediction);
      expect(store.audit().entries).toHaveLength(number);
      expect(store.verify()).toStrictEqual({ intact: true });
    } finally {
      store.close();
    }
  }
});

test('a course is whole after kill -9 in the middle of a change: all of its parts as before it, or all as after it', {
  timeout: 90_000,
}, async () => {
  const file = join(temporaryFolder(), 'records.db');
  for (let kill = 0; kill < KILLS; kill++) {
    const told = await saveAndKill(file, 'course-until-killed.ts');
    const store = new RecordsStore({ file, key: TEST_KEY });
    try {
      const [summary] = store.list().cases;
      const course = store.course(summary?.id ?? '');
      const number = store.courseHistory(course.caseId, 'cycle', 'c1').length;
      expect([told, told + 1]).toContain(number);
      const [cycle, timePoint] = writesOf(number, {});
      expect(course.cycles).toStrictEqual([cycle?.body]);
      expect(course.timePoints[1]).toStrictEqual(timePoint?.body);
      for (const [id, bytes] of Object.entries(imagesOf(number, {}).pictures)) {
        expect(store.picture(course.caseId, id).bytes).toStrictEqual(bytes);
      }
      expect(store.courseHistory(course.caseId, 'time-point', 'f1')).toHaveLength(number);
      expect(store.verify()).toStrictEqual({ intact: true });
    } finally {
      store.close();
    }
  }
});
