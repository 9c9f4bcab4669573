/**
 * The demonstration study (six series) from Debian's Orthanc to the disk, and to the first image, by DICOMweb over TLS and by C-GET and C-MOVE
 * without; beside dcmtk's `getscu` from the same archive in the same run: `node test/bench/archive.ts [--json] [--repeats N]`.
 *
 * Medians, in turn, from a warm archive. `to disk` of haicast is its own process's work without its start; `getscu` is timed as a process,
 * over plain DIMSE. `first image` is everything from the request on: a process of its own, every image, the scan, and the first volume decoded.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pacsWorkerMethods } from '../../src/main/pacs/worker-methods.ts';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../src/shared/api.ts';
import {
  AE_TITLE,
  demoFiles,
  freePort,
  leftOutWithoutOrthanc,
  PASSWORD,
  startOrthanc,
  USER,
} from '../fixtures/pacs/orthanc.ts';
import { testApplication } from '../unit/main/test-application.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, repeats: { type: 'string', default: '5' } } });
const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

if (leftOutWithoutOrthanc !== '') {
  console.log('left out: no orthanc');
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'haicast-bench-archive-'));
const movePort = await freePort();
const orthanc = await startOrthanc({ movePort });
const application = await testApplication(folder, { passphrase: 'correct horse battery' });
const call = async <N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>> =>
  (await application.call(name, input)) as ProcedureOutput<N>;
const methods = pacsWorkerMethods();
const context = { signal: new AbortController().signal, progress: () => undefined };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

try {
  await orthanc.fill(demoFiles());
  const address = { name: 'Orthanc', kind: 'dicomweb' as const, url: orthanc.url, ca: orthanc.ca };
  const credential = { kind: 'basic' as const, user: USER, password: PASSWORD };
  await call('pacs.save', { address, credential });
  const node = address.name;
  const [study] = (await call('pacs.find', { node, query: { patientName: 'demo' }, jobId: 'find' })).studies;
  if (!study) throw new Error('the archive has no study');
  const { studyInstanceUID, patientId } = study;
  const planned = (await call('pacs.plan', { node, studyInstanceUID, jobId: 'plan' })).series;
  const series = planned.map(({ seriesInstanceUID }) => seriesInstanceUID);
  const reach = { address, credential, ca: readFileSync(orthanc.ca, 'utf8') };

  const dimse = {
    name: 'Orthanc by DIMSE',
    kind: 'dimse' as const,
    host: '127.0.0.1',
    port: orthanc.dicomPort,
    calledAETitle: AE_TITLE,
    callingAETitle: 'HAICAST',
  };
  await call('pacs.save', { address: dimse });
  const reaches = {
    web: reach,
    get: { address: dimse },
    move: { address: { ...dimse, move: { host: '127.0.0.1', port: movePort } } },
  };
  const toDisk = (by: keyof typeof reaches) => () => {
    const into = mkdtempSync(join(folder, `${by}-`));
    const asked = { studyInstanceUID, patientId };
    return methods.fetch({ reach: reaches[by], asked, series, folder: into }, context);
  };
  const toFirstImage = (archive: string) => async () => {
    const { path } = await call('pacs.fetch', { node: archive, studyInstanceUID, patientId, series, jobId: 'fetch' });
    const { openId, studies } = await call('study.open', { path, jobId: 'open' });
    const first = studies[0]?.series[0];
    if (!first) throw new Error('nothing was opened');
    await call('study.volume', { openId, seriesId: first.id, jobId: 'volume' });
    // Outside of what is wanted, and part of the time all the same: the next turn begins with nothing.
    await call('study.close', { openId });
  };
  let turn = 0;
  const getscu = async () => {
    const into = join(folder, `scu-${turn++}`);
    mkdirSync(into);
    const keys = ['-k', 'QueryRetrieveLevel=STUDY', '-k', `StudyInstanceUID=${studyInstanceUID}`];
    const args = [
      '-S',
      '-aet',
      'HAICAST',
      '-aec',
      AE_TITLE,
      '-od',
      into,
      ...keys,
      '127.0.0.1',
      String(orthanc.dicomPort),
    ];
    const { status, error } = spawnSync('getscu', args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`getscu: ${status ?? error?.message}`);
    if (readdirSync(into).length !== demoFiles().length) throw new Error('getscu did not get all');
  };

  const ways: readonly (readonly [name: string, work: () => Promise<unknown>])[] = [
    ['DICOMweb to disk', toDisk('web')],
    ['C-GET to disk', toDisk('get')],
    ['C-MOVE to disk', toDisk('move')],
    ['getscu to disk', getscu],
    ['DICOMweb first image', toFirstImage(node)],
    ['C-GET first image', toFirstImage(dimse.name)],
  ];
  const times: Record<string, number[]> = Object.fromEntries(ways.map(([name]) => [name, []]));
  for (let repeat = 0; repeat <= Number(values.repeats); repeat++) {
    for (const [name, work] of ways) {
      const ms = await timed(work);
      // The first turn warms the archive.
      if (repeat > 0) times[name]?.push(ms);
    }
  }
  const result = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.round(median(all))]));
  if (!values.json) console.table({ ...result, images: demoFiles().length });
  console.log(JSON.stringify(result));
} finally {
  await application.close();
  await orthanc.close();
  rmSync(folder, { recursive: true, force: true });
}
