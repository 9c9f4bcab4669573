import { describe, expect, it } from 'vitest';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';

describe('Jobs', () => {
  it('reports progress under the id that the caller chose', async () => {
    const told: unknown[] = [];
    const jobs = new Jobs((progress) => told.push(progress));
    await jobs.run('a', async ({ onProgress }) => onProgress('scan', 1, 2));
    expect(told).toEqual([{ jobId: 'a', phase: 'scan', done: 1, total: 2 }]);
  });

  it('turns any failure after a cancel into `cancelled`', async () => {
    const jobs = new Jobs(() => {});
    const work = jobs.run(
      'a',
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('torn')))),
    );
    jobs.cancel('a');
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses a second job under an id that is in use, and frees the id when the first ends', async () => {
    const jobs = new Jobs(() => {});
    let finish = () => {};
    const first = jobs.run('a', () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(jobs.run('a', async () => {})).rejects.toMatchObject({ code: 'job-exists' });
    finish();
    await first;
    await expect(jobs.run('a', async () => 'free again')).resolves.toBe('free again');
  });
});
