/** Exports of another installation, each with one case: what a killed process takes over. */
import { chmodSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { exportRecords } from '../../src/main/cases/export/export-records.ts';
import { RecordsStore } from '../../src/main/cases/records-store.ts';
import { TEST_KEY } from '../unit/main/cases/test-key.ts';
import { courseOf, inputsOf, picturesOf, predictedOf } from './contents.ts';
import type { Importable } from './operations.ts';

/** Numbers of writes that no folder comes to. */
const FIRST_THERE = 900_000;
const AT = new Date('2024-01-01T00:00:00.000Z');

const exported = async (folder: string, there: number): Promise<Importable> => {
  const store = new RecordsStore({ file: join(folder, `there-${there}.db`), key: TEST_KEY });
  try {
    const { id } = store.save({ ...inputsOf(there), ...predictedOf(there), ...picturesOf(there) }, 'there');
    store.writeCourse(id, courseOf(there, store.course(id)), { actor: 'there' });
    const facts = { at: AT, actor: 'there', installation: 'there', appVersion: '0.0.0', passphrase: undefined };
    const { file } = await exportRecords(store, { folder, ...facts });
    const path = join(folder, `${there}.zip`);
    renameSync(join(folder, file), path);
    chmodSync(path, 0o644);
    return { path, id, there };
  } finally {
    store.close();
  }
};

/** For anybody to read: who takes them over has given its rights away. */
export const importables = async (folder: string, count: number): Promise<Importable[]> => {
  mkdirSync(folder, { mode: 0o755 });
  const made: Importable[] = [];
  for (let index = 0; index < count; index++) made.push(await exported(folder, FIRST_THERE + index));
  return made;
};
