/** `node src/main/study/sample/prepare-main.ts COHORT OUT`: stands in until `haicast prepare` of the command line is there. */
import { resolve } from 'node:path';
import { WorkerClient } from '../../workers/client.ts';
import { forkWorkers } from '../../workers/fork.ts';
import { DicomStudyService } from '../dicom-study-service.ts';
import { prepareCohort } from './prepare-cohort.ts';

const [cohort, out] = process.argv.slice(2);
if (!cohort || !out) throw new Error('usage: prepare-main.ts COHORT OUT');
const entries = { dicom: resolve(import.meta.dirname, '../worker.ts'), inference: '' };
const worker = new WorkerClient('dicom', forkWorkers(entries), (_, message) => process.stderr.write(`${message}\n`));
const started = performance.now();
const onProgress = (_: string, done: number, total: number) => {
  if (done % 50 === 0 || done === total) process.stderr.write(`\r${done}/${total}`);
};
try {
  const { patients, failed } = await prepareCohort({
    cohort,
    out,
    studies: new DicomStudyService(worker),
    appVersion: '0.1.0',
    onProgress,
  });
  const perStudy = (performance.now() - started) / (patients.length + failed.length);
  process.stderr.write(`\n${patients.length} prepared, ${failed.length} failed, ${perStudy.toFixed(1)} ms each\n`);
  for (const { line, id, reason } of failed.slice(0, 20)) process.stderr.write(`line ${line}, ${id}: ${reason}\n`);
} finally {
  worker.close();
}
