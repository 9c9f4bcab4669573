/** What is asked of archives, with an archive that fails at will: what is said of it in the audit log, and what stays. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { AuditEvent } from '../../../../src/main/cases/audit/audit-chain.ts';
import { pacsError } from '../../../../src/main/pacs/errors.ts';
import { Fetched } from '../../../../src/main/pacs/fetch/fetched.ts';
import { Unopened } from '../../../../src/main/pacs/fetch/unopened.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { type PacsHandlerOptions, pacsHandlers } from '../../../../src/main/procedures/pacs.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

type Service = PacsHandlerOptions['service'];

afterEach(() => void vi.useRealTimers());

const none = () => Promise.reject(new Error('not asked for'));

const set = (service: Partial<Service> = {}) => {
  const noted: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>[] = [];
  const fetched = new Fetched(temporaryFolder());
  onTestFinished(() => fetched.removeAll());
  let url = 'https://pacs.example/dicom-web';
  const jobs = new Jobs(() => undefined);
  const here = { erased: false, left: 0, open: true, stays: false };
  const letGo = (id: string) => fetched.remove(id);
  const unopened = new Unopened({ letGo, stays: () => here.stays });
  onTestFinished(() => unopened.close());
  const handlers = pacsHandlers({
    nodes: {
      save: () => undefined,
      remove: () => undefined,
      list: () => [],
      reach: (name) => ({ address: { name, kind: 'dicomweb', url } }),
    },
    service: { echo: none, find: none, plan: none, fetch: none, store: none, ...service },
    fetched,
    jobs,
    exportInto: async () => ({
      exported: { files: [], folder: '', notMade: [], namesImages: true },
      noteLeft: () => {
        here.left += 1;
      },
    }),
    assertKept: () => {
      if (here.erased) throw new AppError('case-not-found', 'Erased.');
    },
    isOpen: () => here.open,
    staysUnopened: () => here.stays,
    unopened,
    note: (event) => noted.push(event),
  });
  const send = () => handlers['pacs.send']({ node: 'Radiology', id: 'case', as: ['pdf', 'sr'], jobId: 'j' });
  const fetch = (patientId = 'P1', jobId = 'j', series = ['1.3']) =>
    handlers['pacs.fetch']({ node: 'Radiology', studyInstanceUID: '1.2', patientId, series, jobId });
  const moveTo = (to: string) => {
    url = to;
  };
  return { handlers, send, fetch, jobs, noted, here, fetched, moveTo };
};

/** Answers for so many objects, and then as a process does that is told to stop. */
const storing =
  (answered: number, after: () => void = () => undefined): Service['store'] =>
  (_params, { signal, onProgress } = {}) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
      after();
      for (let done = 1; done <= answered; done += 1) if (!signal?.aborted) onProgress?.('send', done, 5);
      reject(pacsError('pacs-broken-off'));
    });

test('objects that an archive took before it broke off are in the audit log, and so is why', async () => {
  const { send, noted, here } = set({ store: storing(3) });
  await expect(send()).rejects.toMatchObject({ code: 'pacs-broken-off' });
  const detail = { archive: 'Radiology', as: 'pdf sr', files: 3, reason: 'pacs-broken-off' };
  expect(noted).toEqual([{ action: 'case.sent', caseId: 'case', detail }]);
  expect(here.left).toBe(1);
});

test('where nothing left for certain, the log says the attempt and knows of no report', async () => {
  const { send, noted, here } = set({ store: () => Promise.reject(pacsError('pacs-tls')) });
  await expect(send()).rejects.toMatchObject({ code: 'pacs-tls' });
  expect(noted).toMatchObject([{ action: 'case.sent', detail: { files: 0, reason: 'pacs-tls' } }]);
  expect(here.left).toBe(0);
});

test('of a case that is erased while it is sent, nothing more leaves', async () => {
  const set_ = set({
    store: storing(5, () => {
      set_.here.erased = true;
    }),
  });
  await expect(set_.send()).rejects.toMatchObject({ code: 'case-not-found' });
  expect(set_.noted).toMatchObject([{ action: 'case.sent', detail: { files: 1, reason: 'case-not-found' } }]);
});

test('of a case that was erased before the first object leaves, none does', async () => {
  let asked = 0;
  const { send, here, noted } = set({
    store: () => {
      asked += 1;
      return Promise.resolve([]);
    },
  });
  here.erased = true;
  await expect(send()).rejects.toMatchObject({ code: 'case-not-found' });
  expect([asked, noted]).toEqual([0, []]);
});

test('a search that failed is in the audit log as well: what was searched for has left', async () => {
  const { handlers, noted } = set({ find: () => Promise.reject(pacsError('pacs-slow')) });
  const searched = handlers['pacs.find']({ node: 'Radiology', query: { patientName: 'DOE' }, jobId: 'j' });
  await expect(searched).rejects.toMatchObject({ code: 'pacs-slow' });
  expect(noted).toEqual([
    { action: 'pacs.searched', caseId: null, detail: { archive: 'Radiology', reason: 'pacs-slow' } },
  ]);
  expect(JSON.stringify(noted)).not.toContain('DOE');
});

test.each(['pacs-other-patient', 'pacs-endless'] as const)(
  'nothing stays of a fetch that ended with %s',
  async (code) => {
    const folders: string[] = [];
    const { fetch } = set({
      fetch: ({ folder }) => {
        folders.push(folder);
        writeFileSync(join(folder, 'image'), 'x');
        return Promise.reject(pacsError(code));
      },
    });
    await expect(fetch()).rejects.toMatchObject({ code });
    expect(folders.map((folder) => existsSync(folder))).toEqual([false]);
  },
);

test('a fetch goes on with what came of the same, and not of another address or for another patient', async () => {
  const folders: string[] = [];
  const { fetch, moveTo } = set({
    fetch: ({ folder }) => {
      folders.push(folder);
      return Promise.reject(pacsError('pacs-broken-off'));
    },
  });
  const again = async (patientId?: string) => {
    await expect(fetch(patientId)).rejects.toMatchObject({ code: 'pacs-broken-off' });
    return folders.at(-1);
  };
  const first = await again();
  expect(await again()).toBe(first);
  expect(await again('')).not.toBe(first);
  moveTo('https://other.example/dicom-web');
  expect(await again()).not.toBe(first);
});

test('the audit log says where an archive is, and neither its path nor what lets in', () => {
  const { handlers, noted } = set();
  handlers['pacs.save']({
    address: { name: 'Radiology', kind: 'dicomweb', url: 'https://pacs.example:8443/planted-path' },
    credential: { kind: 'bearer', token: 'planted-token' },
  });
  const detail = { archive: 'Radiology', address: 'https://pacs.example:8443' };
  expect(noted).toEqual([{ action: 'pacs.saved', caseId: null, detail }]);
});

/** A fetch that ends when it is told to. */
const held = () => {
  const calls: {
    series: readonly string[];
    end: () => void;
    fail: (error: unknown) => void;
    signal: AbortSignal | undefined;
  }[] = [];
  const fetch: Service['fetch'] = ({ series }, { signal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
      calls.push({ series, end: () => resolve({ images: 1, here: 0, bytes: 1 }), fail: reject, signal });
    });
  return { calls, fetch };
};

test('two windows that fetch the same study fetch it once, and both are told', async () => {
  const { calls, fetch } = held();
  const { fetch: ask, noted } = set({ fetch });
  const both = [ask('P1', 'a'), ask('P1', 'b')];
  await expect.poll(() => calls.length).toBe(1);
  calls[0]?.end();
  const [first, second] = await Promise.all(both);
  expect(first).toEqual(second);
  expect([calls.length, noted.length]).toEqual([1, 2]);
});

test('one of them may cancel; the fetch goes on for the other, and ends with the last', async () => {
  const { calls, fetch } = held();
  const { fetch: ask, jobs } = set({ fetch });
  const gone = ask('P1', 'a');
  const stays = ask('P1', 'b');
  await expect.poll(() => calls.length).toBe(1);
  jobs.cancel('a');
  await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
  expect(calls[0]?.signal?.aborted).toBe(false);
  jobs.cancel('b');
  await expect(stays).rejects.toMatchObject({ code: 'cancelled' });
  expect(calls[0]?.signal?.aborted).toBe(true);
});

test('other series of the same study come after those that are on their way, and a failure is told to all who wait for it', async () => {
  const { calls, fetch } = held();
  const { fetch: ask } = set({ fetch });
  const first = [ask('P1', 'a'), ask('P1', 'b')];
  const then = ask('P1', 'c', ['1.4']);
  await expect.poll(() => calls.length).toBe(1);
  calls[0]?.fail(pacsError('pacs-broken-off'));
  for (const one of first) await expect(one).rejects.toMatchObject({ code: 'pacs-broken-off' });
  await expect.poll(() => calls.map(({ series }) => series)).toEqual([['1.3'], ['1.4']]);
  calls[1]?.end();
  expect(await then).toMatchObject({ images: 1 });
});

test('what came while the history was locked is removed, or stays where the hospital lets it stay', async () => {
  const { calls, fetch } = held();
  const { fetch: ask, fetched, here } = set({ fetch });
  const path = async (work: ReturnType<typeof ask>) => fetched.pathOf((await work).path.replace('pacs:', ''));
  const locked = ask();
  await expect.poll(() => calls.length).toBe(1);
  here.open = false;
  calls[0]?.end();
  await expect(locked).rejects.toMatchObject({ code: 'fetched-locked' });
  here.open = true;
  here.stays = true;
  const held_ = ask();
  await expect.poll(() => calls.length).toBe(2);
  here.open = false;
  calls[1]?.end();
  expect(await path(held_)).toBeDefined();
});

const HOUR_MS = 3_600_000;

test.each<[what: string, broken: boolean]>([
  ['is fetched and not opened', false],
  ['came before a fetch broke off', true],
])('what %s goes after a time, unless the hospital lets it stay or somebody is at it', async (_what, broken) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const folders: string[] = [];
  let during: () => Promise<unknown> = async () => undefined;
  const { fetch, here } = set({
    fetch: async ({ folder }) => {
      folders.push(folder);
      writeFileSync(join(folder, 'one'), 'one');
      await during();
      if (broken) throw pacsError('pacs-broken-off');
      return { images: 1, here: 0, bytes: 3 };
    },
  });
  const fetched = () =>
    Promise.resolve(fetch()).catch((error: { code: string }) => expect(error.code).toBe('pacs-broken-off'));
  await fetched();
  const [folder = ''] = folders;
  here.stays = true;
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(existsSync(folder)).toBe(true);
  here.stays = false;
  // A try that goes on from there takes longer than that.
  during = () => vi.advanceTimersByTimeAsync(HOUR_MS);
  await fetched();
  expect(folders[1]).toBe(folder);
  expect(existsSync(folder)).toBe(true);
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  vi.useRealTimers();
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false));
});
