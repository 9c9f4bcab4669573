/** Lists that are longer than any study, or say what cannot be: refused, and the archive is not asked on and on. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { mostInstances, mostSeries } from '#shared/pacs/query.ts';
import { jsonDatasets } from '../../../../src/main/pacs/dicomweb/json.ts';
import { seriesOfStudy } from '../../../../src/main/pacs/dicomweb/qido.ts';
import type { ServiceAnswer, ServiceRequest } from '../../../../src/main/pacs/dicomweb/service.ts';
import { storedAs } from '../../../../src/main/pacs/dicomweb/stow.ts';
import { pacsLimits } from '../../../../src/main/pacs/limits.ts';

const signal = new AbortController().signal;

const asking = (datasets: (asked: ServiceRequest) => unknown[]) => {
  let open = 0;
  const seen = { requests: 0, mostOpen: 0 };
  const ask = async (asked: ServiceRequest): Promise<ServiceAnswer> => {
    seen.requests += 1;
    open += 1;
    seen.mostOpen = Math.max(seen.mostOpen, open);
    await new Promise(setImmediate);
    asked.signal.throwIfAborted();
    open -= 1;
    const body = Readable.from([Buffer.from(JSON.stringify(datasets(asked)))]);
    return { status: 200, contentType: 'application/dicom+json', body };
  };
  return { seen, of: { service: { ask }, limits: pacsLimits, signal } };
};

const value = (...values: unknown[]) => ({ Value: values });
const uids = (tag: string, n: number, root: string) =>
  Array.from({ length: n }, (_, index) => ({ [tag]: value(`${root}.${index + 1}`) }));
const isOfSeries = ({ path }: ServiceRequest) => path.at(-1) === 'series';
/** Names what its series is, so that no two series have an image in common. */
const rootOf = ({ path }: ServiceRequest) => String(path[3]);
const imagesOf = (n: number) => (asked: ServiceRequest) => uids('00080018', n, rootOf(asked));

test('more series than a study may have are refused before anything is asked about them', async () => {
  const { of, seen } = asking(() => uids('0020000E', mostSeries + 1, '1.2'));
  await expect(seriesOfStudy(of, '1')).rejects.toMatchObject({ code: 'pacs-too-many', params: { n: mostSeries } });
  expect(seen.requests).toBe(1);
});

test('more images than a study may have are refused over all of its series, and the rest is not asked for', async () => {
  const { of, seen } = asking((asked) => (isOfSeries(asked) ? uids('0020000E', 500, '1.2') : imagesOf(4_999)(asked)));
  await expect(seriesOfStudy(of, '1')).rejects.toMatchObject({ code: 'pacs-too-many', params: { n: mostInstances } });
  expect(seen.requests).toBeLessThan(20);
});

test('many series are asked about a few at a time, so that none waits for a connection until it is given up', async () => {
  const { of, seen } = asking((asked) => (isOfSeries(asked) ? uids('0020000E', 40, '1.2') : imagesOf(2)(asked)));
  expect(await seriesOfStudy(of, '1')).toHaveLength(40);
  expect(seen.mostOpen).toBe(pacsLimits.atOnce);
});

test('of a list without measure no more is looked at than shows that it is too long', async () => {
  const body = Readable.from([Buffer.from(`[${'{},'.repeat(3 * mostInstances)}{}]`)]);
  const answer = { status: 200, contentType: 'application/dicom+json', body };
  expect(await jsonDatasets(answer)).toHaveLength(mostInstances + 1);
  const one = asking((asked) => (isOfSeries(asked) ? uids('0020000E', 1, '1.2') : imagesOf(mostInstances + 1)(asked)));
  await expect(seriesOfStudy(one.of, '1')).rejects.toMatchObject({ code: 'pacs-too-many' });
});

test('a series that is said twice is one', async () => {
  const { of } = asking((asked) =>
    isOfSeries(asked) ? [...uids('0020000E', 2, '1.2'), ...uids('0020000E', 2, '1.2')] : imagesOf(1)(asked),
  );
  expect((await seriesOfStudy(of, '1')).map((series) => series.seriesInstanceUID)).toEqual(['1.2.1', '1.2.2']);
});

test.each([
  ['a description that is longer than any', { '0008103E': value('x'.repeat(1001)) }, {}],
  [
    'a size beyond all numbers',
    {},
    { '00280010': value(999_999_999), '00280011': value(999_999_999), '00280100': value(16) },
  ],
])('%s is an answer that is not understood, not a fault of haicast', async (_what, ofSeries, ofImage) => {
  const { of } = asking((asked) =>
    isOfSeries(asked) ? [{ '0020000E': value('1.2'), ...ofSeries }] : [{ '00080018': value('1.2.3'), ...ofImage }],
  );
  await expect(seriesOfStudy(of, '1')).rejects.toMatchObject({ code: 'pacs-answer' });
});

test.each([['nonsense'], [-1], [0.5], ['1e400'], [0]])(
  'a refusal with the reason %s is a refusal without one',
  (reason) => {
    const answer = { '00081198': value({ '00081155': value('1.2'), '00081197': value(reason) }) };
    expect(storedAs(answer, '1.2')).toEqual({ sopInstanceUID: '1.2', failure: 0x0110 });
  },
);
