/**
 * A prediction end to end on the demonstration study: `node test/bench/predict.ts [runs]`. Cold (open, decode, load and
 * prove the model, predict) and warm (volumes decoded, model loaded), the share spent inside ONNX Runtime, the longest
 * time the host's own event loop stood still, and the peak memory of each process. Python's ONNX Runtime runs the same
 * weights on the same input in the same run, where it is installed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { factorValuesSchema } from '#shared/clinical/factor-values.ts';
import type { PredictionRequest } from '#shared/model/prediction.ts';
import { lesionSchema } from '#shared/study/lesion.ts';
import { quantile } from '../../src/main/inference/interval.ts';
import { ModelLibrary } from '../../src/main/inference/model-library.ts';
import { PredictionService } from '../../src/main/inference/prediction-service.ts';
import { DicomStudyService } from '../../src/main/study/dicom-study-service.ts';
import { WorkerClient } from '../../src/main/workers/client.ts';
import { forkWorkers } from '../../src/main/workers/fork.ts';
import { workerEntries } from '../../src/main/workers/program-files.ts';
import { suggestedRoles } from '../../src/shared/study/suggested-roles.ts';

const root = resolve(import.meta.dirname, '../..');
const runs = Number(process.argv[2] ?? 30);
const warmUp = 3;

const ms = (value: number) => `${value.toFixed(1)} ms`;
const spread = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
};
const print = (label: string, text: string) => console.log(`${label.padEnd(44)} ${text}`);

/** Peak resident memory of a process, MiB (Linux: VmHWM). */
const peakMiB = (pid: number | undefined): string => {
  try {
    const kib = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib ? `${Math.round(Number(kib) / 1024)} MiB` : 'unknown';
  } catch {
    return 'unknown on this system';
  }
};

const spawn = forkWorkers(workerEntries());
const onRestart = (kind: string) => console.log(`the ${kind} process was restarted`);
const studies = new DicomStudyService((access) => new WorkerClient('dicom', spawn, onRestart, access));
const inference = new WorkerClient('inference', spawn, onRestart);

try {
  const models = new ModelLibrary({
    builtInFolder: join(root, 'resources/models'),
    installedFolder: join(root, 'no-such-folder'),
    worker: inference,
    providers: ['cpu'],
  });
  const predictions = new PredictionService({ studies, models, appVersion: '0.1.0' });
  const demo = z
    .object({ factors: factorValuesSchema, lesions: z.array(lesionSchema) })
    .parse(JSON.parse(readFileSync(join(root, 'resources/demo/factors.json'), 'utf8')));

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const opened = await studies.open({ kind: 'demo', path: join(root, 'resources/demo/study') });
  const openedAt = performance.now();
  const [study] = opened.studies;
  if (!study) throw new Error('the demonstration study is not there');
  const request: PredictionRequest = {
    openId: opened.openId,
    studyInstanceUID: study.studyInstanceUID,
    roles: suggestedRoles(study.series),
    ...demo,
  };
  const first = await predictions.predict(request);
  const coldMs = performance.now() - openedAt;

  const totals: number[] = [];
  const inRuntime: number[] = [];
  const sampling: number[] = [];
  for (let i = 0; i < warmUp + runs; i++) {
    const { timings } = await predictions.predict(request);
    if (i < warmUp) continue;
    totals.push(timings.totalMs);
    inRuntime.push(timings.inferenceMs);
    sampling.push(timings.sampleMs);
  }
  delay.disable();

  const { manifest, weightsPath, folder } = await models.get();
  const total = spread(totals);
  const runtime = spread(inRuntime);
  print(
    'model',
    `${manifest.id} ${manifest.version}, ${(manifest.weights.bytes / 1e6).toFixed(1)} MB, ${first.provider}`,
  );
  print('open the study (headers)', ms(openedAt - started));
  print('first prediction: decode, load, prove, predict', ms(coldMs));
  print(`prediction, warm, ${runs} runs`, `p50 ${ms(total.p50)}, p95 ${ms(total.p95)}`);
  print('  of it inside ONNX Runtime', `p50 ${ms(runtime.p50)} (${Math.round((100 * runtime.p50) / total.p50)} %)`);
  print('  of it preparing the sample', `p50 ${ms(spread(sampling).p50)}`);
  print("longest stop of the host's event loop", ms(delay.max / 1e6));
  print(
    'peak memory',
    `host ${peakMiB(process.pid)}, dicom ${peakMiB(studies.processIds[0])}, inference ${peakMiB(inference.pid)}`,
  );

  const peer = spawnSync('python3', [join(root, 'test/bench/predict-peer.py'), weightsPath, folder, String(runs)], {
    encoding: 'utf8',
  });
  print(
    "peer: Python's ONNX Runtime, the same run",
    peer.status === 0 ? peer.stdout.trim() : 'absent (no python3 with onnxruntime)',
  );
} finally {
  studies.closeAll();
  inference.close();
}
