/** What another program than the one that wrote it finds in a report: poppler's pdfinfo, pdftotext, pdffonts. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentHash, readReport } from '../../../../src/main/reports/embedded-report.ts';
import { makeReportPdf, placesOnPaper } from '../../../../src/main/reports/pdf/report-pdf.ts';
import { factorIds } from '../../../../src/shared/clinical/factor-values.ts';
import { makeSheet } from '../../../../src/shared/report/make-sheet.ts';
import type { ReportContent } from '../../../../src/shared/report/report-content.ts';
import { wordsOf } from '../../../../src/shared/words/words.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fullPrediction, reportContent, reportPictures, savedCase } from './report-case.ts';

const hasPoppler = spawnSync('pdfinfo', ['-v']).error === undefined;
const withPoppler = hasPoppler ? test : test.skip;
const leftOut = hasPoppler ? '' : ' (left out: no poppler)';

const written = (bytes: Buffer): string => {
  const file = join(temporaryFolder(), 'report.pdf');
  writeFileSync(file, bytes);
  return file;
};
const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' });
const pagesOf = (file: string): number => Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', file))?.[1]);
const textOf = (file: string, ...args: string[]): string => run('pdftotext', '-layout', ...args, file, '-');
const make = (content: ReportContent, appendix = false) =>
  makeReportPdf(content, { pictures: reportPictures(), appendix });
/** Without the spaces that are made of places. */
const dense = (text: string): string => text.replaceAll(/\s+/g, '');

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  const words = wordsOf(language);

  withPoppler(`every factor, five lesions, eight warnings and a decision stand on one A4 page${leftOut}`, async () => {
    const content = reportContent({ language });
    expect([content.factors.length, content.lesions.length, content.warnings.length]).toEqual([factorIds.length, 5, 8]);
    const file = written(await make(content));
    expect(pagesOf(file)).toBe(1);
    expect(run('pdfinfo', file)).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/);
    const text = dense(textOf(file));
    for (const { rows, title } of makeSheet(content, words).blocks) {
      expect(text).toContain(dense(title));
      for (const { cells } of rows)
        for (const cell of cells.slice(0, 1)) expect(text).toContain(dense(cell.slice(0, 12)));
    }
    for (const { label } of content.lesions) expect(text).toContain(label);
    expect(text).toContain(contentHash(content));
    expect(text).toContain('张伟');
    expect(text).toContain(dense(words.say('report.page', { n: 1, total: 1 })));
    expect(text).toContain(dense(words.say('common.banner.simulated')));
  });

  withPoppler(`what has no room is in the appendix, whole, and the page says so${leftOut}`, async () => {
    const lines = Array.from({ length: 90 }, (_, i) => `remark <${i}> of many`);
    const content = reportContent({ language, saved: savedCase({ note: lines.join('\n') }) });
    const file = written(await make(content));
    expect(pagesOf(file)).toBe(2);
    const [first, all] = [textOf(file, '-l', '1'), textOf(file)];
    for (const line of lines) expect(dense(all).split(dense(`${line}`)).length - 1, line).toBe(1);
    const shown = lines.filter((line) => dense(first).includes(dense(line))).length;
    expect(dense(first)).toContain(dense(words.say('report.moved', { n: lines.length - shown })));
  });

  withPoppler(`the appendix is made on request${leftOut}`, async () => {
    const file = written(await make(reportContent({ language }), true));
    expect(pagesOf(file)).toBe(2);
    const text = dense(textOf(file, '-f', '2'));
    expect(text).toContain(dense(words.say('report.deliberation', { date: '2024-02-03' })));
    expect(text).toContain('Travel');
  });

  withPoppler(`its fonts are embedded and reduced to what is used${leftOut}`, async () => {
    const bytes = await make(reportContent({ language }));
    const fonts = run('pdffonts', written(bytes)).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(1);
    for (const line of fonts) expect(line).toMatch(/^[A-Z]{6}\+NotoSans.*yes\s+yes\s+yes/);
    expect(bytes.length).toBeLessThan(400_000);
  });
});

test('is the same, byte for byte, whenever it is made', async () => {
  const [one, other] = [await make(reportContent()), await make(reportContent())];
  expect(Buffer.compare(one, other)).toBe(0);
  expect(one.toString('latin1')).toContain('D:20240203150400Z');
});

test('names nobody in what is shown without opening it', async () => {
  const head = (await make(reportContent())).toString('latin1');
  expect(head).toContain('(haicast report)');
  expect(readReport(await make(reportContent())).content?.patient.patientId).toBe('P-0001');
});

withPoppler(`a letter that no font has is written as its number${leftOut}`, async () => {
  const file = written(await make(reportContent({ saved: savedCase({ note: 'name 김 Łódź čeština' }) })));
  expect(textOf(file)).toContain('name U+AE40 Łódź čeština');
});

withPoppler(`pictures that have no room beside the six roles are in the appendix${leftOut}`, async () => {
  const [first] = savedCase().keyImages;
  if (!first) throw new Error('the case has no key image');
  const kept = Array.from({ length: 7 }, (_, i) => ({ ...first, origin: 'kept' as const, sliceIndex: 70 + i }));
  const saved = savedCase({ keyImages: [...savedCase().keyImages, ...kept] });
  const file = written(await make(reportContent({ saved }), true));
  const [all, page] = [textOf(file), textOf(file, '-l', '1')];
  for (const { sliceIndex } of kept) {
    expect(all).toContain(`Arterial, slice ${sliceIndex + 1}`);
    expect(page).not.toContain(`Arterial, slice ${sliceIndex + 1}`);
  }
  expect(run('pdfimages', '-list', file).trim().split('\n').length - 2).toBeGreaterThanOrEqual(19);
});

describe('a number that may not be shown', () => {
  const withheld = {
    ...fullPrediction(),
    decision: 'withheld' as const,
    withheldBecause: [{ code: 'ecog', text: 'ECOG 4', params: { ecog: 4 } }],
  };

  withPoppler(`is nowhere in the report of a withheld result${leftOut}`, async () => {
    const content = reportContent({ saved: savedCase({ predictions: [withheld] }) });
    const file = written(await make(content, true));
    expect(textOf(file)).toContain('ECOG 4: the model was never meant for it.');
    expect(textOf(file)).not.toMatch(/62%|41%|79%|51%|68%|71%|55%|−1\.96|with the evidence map/);
    expect(JSON.stringify(content)).not.toMatch(/0\.62|0\.41|0\.79|0\.51|0\.68|"wouldGive"|0\.55|-1\.96/);
    expect(content.images.every(({ mapped }) => mapped === null)).toBe(true);
  });

  withPoppler(`is nowhere before the board has voted, nor is the model${leftOut}`, async () => {
    const content = reportContent({ coveredBy: ['2024-02-10'] });
    const file = written(await make(content, true));
    expect(textOf(file)).toContain('Covered until the tumour board has voted (2024-02-10)');
    expect(textOf(file)).not.toMatch(/62%|41%|79%|a-model|other-model|Agrees|Fits what is seen/);
    expect(JSON.stringify(content)).not.toMatch(/0\.62|a-model|Fits what|missing-role/);
  });
});

test('hides who it is where identities are hidden', () => {
  const content = reportContent({ hideIdentity: true });
  expect(JSON.stringify(content)).not.toMatch(/Zhang|张|P-0001|19500102|"2\.25\.1"|hepatologist/);
  expect(makeSheet(content, wordsOf('en')).identity[0]).toBe('Identity hidden');
});

test('says at which places its parts stand, each once', () => {
  const content = reportContent();
  const places = placesOnPaper(content);
  expect(places.map(({ id }) => id).toSorted()).toEqual(
    makeSheet(content, wordsOf('en'))
      .blocks.map(({ id }) => id)
      .toSorted(),
  );
});
