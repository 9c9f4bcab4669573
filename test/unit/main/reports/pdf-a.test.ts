/**
 * The rules of PDF/A-2b (ISO 19005-2:2011) that can be read from a file, by a reader of this test's own: no validator of them is among the programs that the
 * tests run on. Of a font its programs and widths are not looked into.
 */
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeReportPdf } from '../../../../src/main/reports/pdf/report-pdf.ts';
import { reportContent, reportPictures } from './report-case.ts';

interface PdfObject {
  dictionary: string;
  /** Of its stream, decoded; empty where it has none. */
  data: Buffer;
}

/** Of a file with a plain cross-reference table, in which every object stands by itself. */
const objectsOf = (bytes: Buffer): Map<string, PdfObject> => {
  const text = bytes.toString('latin1');
  return new Map(
    [...text.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n/g)].map((match) => {
      const from = match.index + match[0].length;
      const end = text.indexOf('endobj', from);
      const stream = text.indexOf('stream\n', from);
      if (stream < 0 || stream > end)
        return [match[1] ?? '', { dictionary: text.slice(from, end), data: Buffer.alloc(0) }];
      const dictionary = text.slice(from, stream);
      const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
      const raw = bytes.subarray(stream + 7, stream + 7 + length);
      return [match[1] ?? '', { dictionary, data: /\/FlateDecode/.test(dictionary) ? inflateSync(raw) : raw }];
    }),
  );
};

describe.each(['en', 'zh-CN'] as const)('a report in %s keeps the rules of PDF/A-2b', (language) => {
  let text = '';
  let objects: Map<string, PdfObject>;
  const all = () => [...objects.values()];
  const having = (pattern: RegExp) => all().filter(({ dictionary }) => pattern.test(dictionary));
  const referred = (dictionary: string, key: string) =>
    objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1] ?? '');

  beforeAll(async () => {
    const content = reportContent({ language });
    const bytes = await makeReportPdf(content, { pictures: reportPictures(), appendix: true });
    text = bytes.toString('latin1');
    objects = objectsOf(bytes);
  });

  test('6.1: head, trailer with its identifier, nothing encrypted, no stream elsewhere or by LZW', () => {
    expect(text).toMatch(/^%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}/);
    const trailer = text.slice(text.lastIndexOf('trailer'));
    expect(trailer).toMatch(/\/ID \[\s*<[0-9a-fA-F]{32}>\s*<[0-9a-fA-F]{32}>\s*\]/);
    expect(trailer).not.toContain('/Encrypt');
    expect(text).toMatch(/%%EOF\r?\n?$/);
    expect(having(/\/LZWDecode|\/FFilter|\/FDecodeParms/)).toEqual([]);
  });

  test('6.2: one output intent with a profile of three colours, which every colour is of', () => {
    const [intent, ...others] = having(/\/GTS_PDFA1/);
    expect(others).toEqual([]);
    const profile = referred(intent?.dictionary ?? '', 'DestOutputProfile');
    expect(profile?.dictionary).toMatch(/\/N 3\b/);
    expect(profile?.data.toString('latin1', 36, 40)).toBe('acsp');
    expect(profile?.data.toString('latin1', 16, 20)).toBe('RGB ');
    expect(profile?.data[8]).toBeLessThanOrEqual(4);
    expect(having(/\/DeviceCMYK/)).toEqual([]);
    for (const page of having(/\/Type \/Page\b/)) {
      const content = referred(page.dictionary, 'Contents')?.data.toString('latin1') ?? '';
      expect(content.length).toBeGreaterThan(100);
      expect(content).not.toMatch(/^(?:[\d.-]+ ){4}[kK]$/m);
      expect(content).not.toContain('/DeviceCMYK');
    }
  });

  test('6.2: fonts are in the file and say their letters; pictures are not smoothed, nor exchanged', () => {
    const descriptors = having(/\/Type \/FontDescriptor/);
    expect(descriptors.length).toBeGreaterThan(0);
    for (const { dictionary } of descriptors) {
      expect((referred(dictionary, 'FontFile2') ?? referred(dictionary, 'FontFile3'))?.data.length).toBeGreaterThan(
        100,
      );
    }
    const fonts = having(/\/Type \/Font\b/).filter(({ dictionary }) => !/CIDFontType/.test(dictionary));
    expect(fonts.length).toBeGreaterThan(0);
    for (const { dictionary } of fonts) {
      expect(dictionary).toContain('/Identity-H');
      expect(referred(dictionary, 'ToUnicode')?.data.toString('latin1')).toContain('beginbf');
    }
    for (const { dictionary } of having(/CIDFontType2/)) expect(dictionary).toContain('/CIDToGIDMap /Identity');
    expect(having(/\/Interpolate true|\/Alternates|\/OPI|\/Subtype \/PS/)).toEqual([]);
  });

  test('6.3–6.5: nothing acts, plays, is attached or asks to be filled in', () => {
    expect(
      having(
        /\/(JavaScript|JS|Launch|Sound|Movie|ResetForm|ImportData|Hide|SetOCGState|Rendition|Trans|GoTo3DView|EmbeddedFiles|XFA|AA)\b/,
      ),
    ).toEqual([]);
  });

  test('6.6: the catalogue names metadata in the clear, which say the part and the level, and the title of the file', () => {
    const [catalog] = having(/\/Type \/Catalog/);
    const metadata = referred(catalog?.dictionary ?? '', 'Metadata');
    expect(metadata?.dictionary).toMatch(/\/Type \/Metadata/);
    expect(metadata?.dictionary).not.toContain('/Filter');
    const xmp = metadata?.data.toString('utf8') ?? '';
    expect(xmp).toMatch(/pdfaid:part>2</);
    expect(xmp).toMatch(/pdfaid:conformance>B</);
    expect(xmp).toContain('haicast report');
  });
});
