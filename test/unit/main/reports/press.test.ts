/** Reports are made in a process of their own, and say there what they would say here. */
import { expect, onTestFinished, test } from 'vitest';
import { makeReportHtml } from '../../../../src/main/reports/html/report-html.ts';
import { makeReportPdf, placesOnPaper } from '../../../../src/main/reports/pdf/report-pdf.ts';
import { type PressWorker, ReportPress } from '../../../../src/main/reports/press.ts';
import { WorkerClient } from '../../../../src/main/workers/client.ts';
import { forkedWorkers } from '../test-application.ts';
import { reportContent, reportPictures } from './report-case.ts';

const LIMIT_MS = 120_000;

const press = () => {
  const one = new ReportPress(() => new WorkerClient('report', forkedWorkers, () => undefined));
  onTestFinished(() => one.close());
  return one;
};

test('its bytes and places are those of the writers themselves, in both formats', { timeout: LIMIT_MS }, async () => {
  const one = press();
  const content = reportContent({ language: 'zh-CN' });
  const pictures = reportPictures();
  const places = placesOnPaper(content);
  expect(await one.places(content)).toEqual(places);
  const told: string[] = [];
  const onProgress = (phase: string, done: number, total: number) => told.push(`${phase} ${done}/${total}`);
  const request = { content, pictures: [...pictures], appendix: true };
  const pdf = await one.print({ ...request, format: 'pdf' }, { onProgress });
  expect(Buffer.from(pdf).equals(await makeReportPdf(content, { pictures, appendix: true }))).toBe(true);
  expect(told).toEqual([...pictures].map((_, i) => `report ${i + 1}/${pictures.size + 1}`));
  const html = await one.print({ ...request, format: 'html' });
  expect(Buffer.from(html).equals(makeReportHtml(content, { pictures, appendix: true, places }))).toBe(true);
});

test('a picture that is none is said to be one; who changes their mind is not waited for', {
  timeout: LIMIT_MS,
}, async () => {
  const one = press();
  const content = reportContent({});
  const bytes = new Uint8Array([1, 2, 3]);
  const request = { content, format: 'pdf' as const, appendix: false };
  await expect(one.print({ ...request, pictures: [['a', { mediaType: 'image/webp', bytes }]] })).rejects.toMatchObject({
    code: 'picture-unreadable',
  });
  const controller = new AbortController();
  const made = one.print({ ...request, pictures: [...reportPictures()] }, { signal: controller.signal });
  controller.abort();
  await expect(made).rejects.toMatchObject({ code: 'cancelled' });
});

test('the process ends when nothing was asked of it for a while, never under a report, and comes again', async () => {
  const events: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const worker = (): PressWorker => {
    events.push('opened');
    return { call: () => promise.then(() => JSON.parse('[]')), close: () => events.push('closed') };
  };
  const one = new ReportPress(worker, 0);
  const first = one.places(reportContent({}));
  await new Promise((done) => setTimeout(done, 0));
  expect(events).toEqual(['opened']);
  resolve();
  await first;
  await expect.poll(() => events).toEqual(['opened', 'closed']);
  await one.places(reportContent({}));
  await expect.poll(() => events).toEqual(['opened', 'closed', 'opened', 'closed']);
});
