import { expect, test, vi } from 'vitest';
import {
  type EventPayload,
  type ProcedureInput,
  type ProcedureName,
  type ProcedureOutput,
  procedures,
} from '#shared/api.ts';
import { tableLines } from '#shared/table-lines.ts';
import { NOTHING_COVERED } from '../../../../src/main/cases/readers/covered-cases.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { courseTableHandlers } from '../../../../src/main/procedures/course-tables.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { simulatedCourseHandlers } from '../../../../src/main/procedures/simulated-courses.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../cases/sample-case.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const TABLE = `id,date,afp:ng/mL,lesion_diameter_mm,response,criterion,os_days,os_event
A,2024-03-14,412,60,PR,mRECIST,300,1
B,2024-04-14,x,60,PR,mRECIST,300,1
C,2024-05-14,9,60,SD,mRECIST,200,0
`;
const table = tableLines(TABLE);
const mapping = Object.fromEntries((TABLE.split('\n')[0] ?? '').split(',').map((name) => [name, name]));

const setUp = async (told: (progress: EventPayload<'job.progress'>) => void = () => undefined) => {
  const vault = new Vault({ folder: temporaryFolder() });
  await vault.create({ passphrase: 'correct horse battery' });
  const jobs = new Jobs((progress) => told(progress));
  const options = { vault, jobs, actor: () => 'a', changed: () => undefined, covered: () => NOTHING_COVERED };
  const handlers = { ...courseTableHandlers(options), ...simulatedCourseHandlers(options) };
  const call = async <N extends Extract<ProcedureName, keyof typeof handlers>>(name: N, input: ProcedureInput<N>) => {
    const handler = handlers[name] as (given: ProcedureInput<N>) => unknown;
    return procedures[name].output.parse(await handler(input)) as ProcedureOutput<N>;
  };
  return { vault, call, jobs, store: vault.store() };
};

test('a table is previewed without keeping anything, then kept, then taken back', async () => {
  const { call, store } = await setUp();
  const preview = await call('course.import', { table, mapping, dryRun: true, jobId: 'look' });
  expect(preview.rows.map(({ id }) => id)).toStrictEqual(['A', 'C']);
  expect(preview.refused).toMatchObject([
    { line: 3, id: 'B', column: 'afp:ng/mL', params: { factorProblem: 'not-a-number', value: 'x' } },
  ]);
  expect(store.count()).toBe(0);
  const { kept } = await call('course.import', { table, mapping, dryRun: false, jobId: 'keep' });
  expect(store.list({ course: 'closed' }).total).toBe(2);
  expect(store.list({ text: 'A' }).cases[0]).toMatchObject({
    patientId: 'A',
    course: { best: { mrecist: 'PR', 'recist-1.1': null } },
  });
  expect(store.verify()).toStrictEqual({ intact: true });
  const again = await call('course.import', { table, mapping, dryRun: false, jobId: 'keep' });
  expect(again).toMatchObject({ rows: [], existing: [2, 4], kept: [] });
  // One of them lies in the trash already.
  const [first = ''] = kept;
  store.trash(first, 'a');
  expect(await call('course.takeBack', { caseIds: kept })).toStrictEqual({ cases: 1 });
  expect(store.count()).toBe(0);
  expect(store.list({ trashed: true }).total).toBe(2);
});

test('what was imported is written again as cohort.csv, under pseudonyms', async () => {
  const { call, store } = await setUp();
  const { kept } = await call('course.import', { table, mapping, dryRun: false, jobId: 'keep' });
  const whole = vi.spyOn(store, 'get');
  const { rows, courses, simulated } = await call('course.export', { criterion: 'mrecist' });
  expect(simulated).toBe(false);
  // A course and what it takes from its case: neither its predictions nor its pictures are read.
  expect(whole).not.toHaveBeenCalled();
  expect(courses).toBe(2);
  const lines = rows.map((row) => row.join(','));
  expect(lines[0]).toBe(
    'id,study,lesion_x,lesion_y,lesion_z,lesion_diameter_mm,afp:ng/mL,response,criterion,split,date,os_days,os_event,pfs_days,pfs_event',
  );
  expect(lines.slice(1).toSorted()).toStrictEqual(
    [
      `${kept[0]},,,,,60,412,PR,mRECIST,,2024-03-14,300,1,,`,
      `${kept[1]},,,,,60,9,SD,mRECIST,,2024-05-14,200,0,,`,
    ].toSorted(),
  );
  const otherCriterion = await call('course.export', { criterion: 'recist-1.1' });
  expect(otherCriterion.rows.flat()).not.toContain('mRECIST');
  expect(store.audit().entries.at(-1)).toMatchObject({
    action: 'course.exported',
    detail: { criterion: 'recist-1.1' },
  });
});

test('an identifier that is kept of somebody who may be another is asked, and one who is another is refused', async () => {
  const { call, store } = await setUp();
  const head = 'id,name,birth_date,date';
  const lines = (text: string) => ({
    table: tableLines(`${head}\n${text}\n`),
    mapping: Object.fromEntries(head.split(',').map((name) => [name, name])),
  });
  const first = lines('P-1,Muster^Erika,1950-01-02,2024-03-14\nP-2,P-2,,2024-03-14');
  await call('course.import', { ...first, dryRun: false, jobId: 'first' });
  const second = {
    ...lines(
      [
        'P-1,Muster^Erika,1950-01-03,2025-03-14', // Another birth date.
        'p-1,Muster^Erika,,2025-04-14', // Nothing that disagrees.
        'P-2,Anders^Max,1970-01-01,2025-03-14', // Kept without a name.
      ].join('\n'),
    ),
    jobId: 'second',
  };
  const asked = await call('course.import', { ...second, dryRun: true });
  expect(asked.rows.map(({ line }) => line)).toStrictEqual([3, 4]);
  expect(asked.doubtful).toMatchObject([
    { line: 2, differing: ['birthDate'], patient: { birthDate: '19500103' }, kept: { birthDate: '19500102' } },
  ]);
  const said = await call('course.import', { ...second, samePerson: [2], dryRun: false });
  expect(said.kept).toHaveLength(3);
  // Of the same day, and still another: not taken for one that is there already.
  const other = lines('P-1,Anders^Max,1970-01-01,2024-03-14');
  const refused = await call('course.import', { ...other, samePerson: [2], dryRun: false, jobId: 'third' });
  expect(refused).toMatchObject({ rows: [], kept: [], existing: [], doubtful: [] });
  expect(refused.refused).toMatchObject([{ line: 2, column: 'id', params: { cell: 'other-person-kept' } }]);
  expect(store.list({ text: 'P-1' }).total).toBe(3);
});

test('the demonstration history is loaded by one call and removed by one, and touches no other case', async () => {
  const { call, store } = await setUp();
  const own = store.save(sampleCase(), 'a').id;
  expect(await call('course.loadSimulated', { jobId: 'j' })).toStrictEqual({ cases: 60 });
  expect(store.list({ course: 'closed' }).total).toBe(60);
  expect(store.list({ course: 'closed', limit: 500 }).cases.every(({ simulated }) => simulated)).toBe(true);
  expect(await call('course.removeSimulated', {})).toStrictEqual({ cases: 60 });
  expect(store.list().cases.map(({ id }) => id)).toStrictEqual([own]);
  expect(await call('course.simulated', {})).toStrictEqual({ cases: 0 });
  expect(await call('course.loadSimulated', { jobId: 'k' })).toStrictEqual({ cases: 60 });
  expect(store.count()).toBe(61);
  expect(store.verify()).toStrictEqual({ intact: true });
});

test('an import tells how far it is, and keeps nobody where it is cancelled', async () => {
  const many = tableLines(`id,date\n${Array.from({ length: 60 }, (_, row) => `P${row},2024-03-14`).join('\n')}\n`);
  const phases: number[] = [];
  const { call, jobs, store } = await setUp(({ done, total }) => {
    phases.push(done);
    expect(total).toBe(60);
    if (done === 40) jobs.cancel('keep');
  });
  const mapped = { table: many, mapping: { id: 'id', date: 'date' }, dryRun: false };
  await expect(call('course.import', { ...mapped, jobId: 'keep' })).rejects.toMatchObject({ code: 'cancelled' });
  expect(phases).toStrictEqual([0, 20, 40]);
  expect(store.count()).toBe(0);
  expect((await call('course.import', { ...mapped, jobId: 'again' })).kept).toHaveLength(60);
  expect(store.count()).toBe(60);
});

test('made-up courses are written where there are no others, said to be so, and never beside real ones', async () => {
  const { call } = await setUp();
  await call('course.loadSimulated', { jobId: 'j' });
  expect(await call('course.export', { criterion: 'mrecist' })).toMatchObject({ courses: 60, simulated: true });
  expect(await call('course.waterfall', { criterion: 'mrecist', jobId: 'w' })).toMatchObject({
    courses: 60,
    simulated: true,
  });
  await call('course.import', { table, mapping, dryRun: false, jobId: 'keep' });
  expect(await call('course.export', { criterion: 'mrecist' })).toMatchObject({ courses: 2, simulated: false });
  expect(await call('course.waterfall', { criterion: 'mrecist', jobId: 'w' })).toMatchObject({
    bars: [],
    courses: 2,
    withoutSums: 2,
    simulated: false,
  });
});

test('the patient of the demonstration is no patient of the hospital’s table or plot', async () => {
  const { call, store } = await setUp();
  await call('course.import', { table, mapping, dryRun: false, jobId: 'keep' });
  const { id } = store.save(sampleCase({ source: { kind: 'demo', path: '' } }), 'a');
  const body = {
    best: { mrecist: { response: 'PR' as const, byHand: true } },
    endpoints: {},
    confirmedBy: 'a',
    confirmedAt: '2024-06-01T00:00:00.000Z',
  };
  store.writeCourse(id, [{ kind: 'outcome', id: 'outcome', base: null, body }], { actor: 'a' });
  expect(store.list({ course: 'closed' }).total).toBe(3);
  expect(await call('course.export', { criterion: 'mrecist' })).toMatchObject({ courses: 2, simulated: false });
  expect(await call('course.waterfall', { criterion: 'mrecist', jobId: 'w' })).toMatchObject({ courses: 2 });
});
