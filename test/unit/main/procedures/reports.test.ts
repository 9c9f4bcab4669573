/** A report is of what the records say, whenever it is made. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { reportHandlers } from '../../../../src/main/procedures/reports.ts';
import { makeReportHtml } from '../../../../src/main/reports/html/report-html.ts';
import { makeReportPdf, placesOnPaper } from '../../../../src/main/reports/pdf/report-pdf.ts';
import type { ReportPress } from '../../../../src/main/reports/press.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../cases/fake-keychain.ts';
import { sampleCase } from '../cases/sample-case.ts';
import { fullPrediction, reportPictures, savedCase } from '../reports/report-case.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

/** In this process, whose clock the tests move. */
const press: Pick<ReportPress, 'places' | 'print'> = {
  places: async (content) => placesOnPaper(content),
  print: async ({ content, pictures, format, appendix }) =>
    format === 'pdf'
      ? makeReportPdf(content, { pictures: new Map(pictures), appendix })
      : makeReportHtml(content, { pictures: new Map(pictures), appendix, places: placesOnPaper(content) }),
};

const opened = async (folder: string, keychain = fakeKeychain()) => {
  const vault = new Vault({ folder, keychain });
  onTestFinished(() => vault.close());
  await vault.start();
  const settings = () => ({ language: 'en' as const, hideIdentity: false });
  const handlers = reportHandlers({
    vault,
    manifests: async () => [],
    settings,
    jobs: new Jobs(() => undefined),
    press,
  });
  return { vault, handlers };
};

const save = (vault: Vault, more: Parameters<typeof sampleCase>[0] = {}) => {
  const { keyImages, lesions, factors } = savedCase();
  const pictures = Object.fromEntries([...reportPictures()].map(([key, { bytes }]) => [key, new Uint8Array(bytes)]));
  return vault
    .store()
    .save(sampleCase({ keyImages, pictures, lesions, factors, prediction: fullPrediction(), ...more }), 'Dr B');
};

test.each(['pdf', 'html'] as const)(
  'the %s made today and the one made from the same records next year are equal',
  { timeout: 60_000 },
  async (format) => {
    const [folder, keychain] = [temporaryFolder(), fakeKeychain()];
    const today = await opened(folder, keychain);
    await today.vault.create({});
    const { id: caseId } = save(today.vault);
    const asked = { caseId, format, appendix: true, language: 'zh-CN' as const, jobId: 'j' };
    const made = await today.handlers['report.make'](asked);
    today.vault.close();

    vi.useFakeTimers({ toFake: ['Date'], now: new Date(Date.now() + 366 * 86_400_000) });
    onTestFinished(() => void vi.useRealTimers());
    const nextYear = await opened(folder, keychain);
    const again = await nextYear.handlers['report.make'](asked);
    expect(again.hash).toBe(made.hash);
    expect(again.base64 === made.base64).toBe(true);
    const [entry] = nextYear.vault.store().auditPage({ action: 'case.printed', limit: 1 }).entries;
    expect(entry?.at.slice(0, 4)).toBe(String(new Date().getFullYear()));
  },
);

test('what is not what was looked at any more is not made, and not in the audit log', { timeout: 60_000 }, async () => {
  const { vault, handlers } = await opened(temporaryFolder());
  await vault.create({});
  const { id: caseId, revision } = save(vault);
  const looked = await handlers['report.get']({ caseId, language: 'zh-CN' });
  expect(looked.content.language).toBe('zh-CN');
  const asked = { caseId, format: 'html' as const, appendix: false, jobId: 'j' };
  // The same case in the other language is another report.
  await expect(handlers['report.make']({ ...asked, hash: looked.hash })).rejects.toMatchObject({
    code: 'report-changed',
  });
  expect(await handlers['report.make']({ ...asked, language: 'zh-CN', hash: looked.hash })).toMatchObject({
    hash: looked.hash,
  });
  const printed = () => vault.store().auditPage({ action: 'case.printed', limit: 9 }).entries.length;
  expect(printed()).toBe(1);
  save(vault, { caseId, revision, note: 'changed since' });
  await expect(handlers['report.make']({ ...asked, language: 'zh-CN', hash: looked.hash })).rejects.toMatchObject({
    code: 'report-changed',
  });
  expect(printed()).toBe(1);
});
