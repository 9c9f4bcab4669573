import { expect, test } from 'vitest';
import { contentHash, readReport } from '../../../../src/main/reports/embedded-report.ts';
import { makeReportHtml } from '../../../../src/main/reports/html/report-html.ts';
import { makeReportPdf, placesOnPaper } from '../../../../src/main/reports/pdf/report-pdf.ts';
import type { ReportContent } from '../../../../src/shared/report/report-content.ts';
import { reportContent, reportPictures, savedCase } from './report-case.ts';

const pictures = reportPictures();
const pdf = (content: ReportContent) => makeReportPdf(content, { pictures, appendix: false });
const html = async (content: ReportContent) =>
  makeReportHtml(content, { pictures, appendix: true, places: placesOnPaper(content) });

test.each([
  ['pdf', pdf],
  ['html', html],
] as const)('a %s carries what it says, and one changed byte anywhere is seen', async (format, make) => {
  const content = reportContent({ language: 'zh-CN', saved: savedCase({ note: '</script><b>&"\'' }) });
  const file = await make(content);
  const read = readReport(file);
  expect(read).toEqual({ format, content, isIntact: true });
  const step = Math.ceil(file.length / 150);
  for (let at = 6; at < file.length; at += step) {
    const changed = Buffer.from(file);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const isSeen = (() => {
      try {
        return !readReport(changed).isIntact;
      } catch {
        return true;
      }
    })();
    expect(isSeen, `byte ${at}`).toBe(true);
  }
  expect(readReport(Buffer.concat([file, Buffer.from('\n')])).isIntact).toBe(false);
});

test('what is no report is said to be none', () => {
  for (const text of ['', '%PDF-1.7 of somebody else', '<html></html>']) {
    expect(() => readReport(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'not-a-report' }));
  }
});

test('the hash of a report changes with anything that it says', () => {
  const content = reportContent();
  const seen = new Set([contentHash(content)]);
  const changedAt = (value: unknown): unknown[] => {
    if (Array.isArray(value))
      return value.length === 0
        ? [[0]]
        : [value.slice(1), ...changedAt(value[0]).map((one) => [one, ...value.slice(1)])];
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([name, inner]) =>
        changedAt(inner).map((one) => ({ ...value, [name]: one })),
      );
    }
    if (typeof value === 'number') return [value + 1];
    if (typeof value === 'boolean') return [!value];
    return [`${String(value)}x`];
  };
  const all = changedAt(content);
  expect(all.length).toBeGreaterThan(100);
  for (const one of all) seen.add(contentHash(one as ReportContent));
  expect(seen.size).toBe(all.length + 1);
});

test('an HTML report runs nothing, fetches nothing and escapes what was entered', async () => {
  const text = (await html(reportContent({ saved: savedCase({ note: '<img src=x onerror=alert(1)>' }) }))).toString();
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text.replace(/<script type="application\/json"[\s\S]*<\/script>/, '')).not.toMatch(
    /<script|https?:|<img src=x/,
  );
});
