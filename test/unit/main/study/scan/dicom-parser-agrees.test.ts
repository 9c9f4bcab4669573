import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { tagNumber, wantedAttributes } from '../../../../../src/main/study/scan/attributes.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { testdataRoot, withoutPublicFiles } from '../../../../fixtures/testdata.ts';
import { quiet } from './memory-source.ts';

const root = testdataRoot();
const dicomParser: typeof import('dicom-parser') = createRequire(import.meta.url)('dicom-parser');

const textual = new Set(['CS', 'DA', 'TM', 'DT', 'UI', 'AS', 'IS', 'DS']);
const asText = (value: unknown): string => (Array.isArray(value) ? value.join('\\') : String(value));
const sameNumbers = (own: string, other: string): boolean => {
  const [a, b] = [own.split('\\').map(Number), other.split('\\').map(Number)];
  return a.length === b.length && a.every((value, i) => value === b[i]);
};

describe.skipIf(!root)(`the header reader and dicom-parser${withoutPublicFiles}`, () => {
  it('agree on every textual attribute of every classic file that both read', async () => {
    const input = await openInput(root ?? '', quiet.signal);
    const { images } = await scanFiles(input.files, quiet);
    const classic = images.filter(({ attributes, frame }) => frame === 0 && attributes.FrameType === undefined);
    let compared = 0;
    const wrong: string[] = [];
    for (const { file, attributes } of classic) {
      let dataSet: ReturnType<typeof dicomParser.parseDicom>;
      try {
        dataSet = dicomParser.parseDicom(readFileSync(join(root ?? '', file)), { untilTag: 'x7fe00010' });
      } catch {
        continue;
      }
      for (const [tag, { keyword, vr }] of wantedAttributes) {
        const own = attributes[keyword];
        const key = `x${tag.toString(16).padStart(8, '0')}`;
        if (!textual.has(vr) || own === undefined || own === null || keyword === 'ImageType') continue;
        // Explicit files may use another VR than the dictionary's.
        const other = dataSet.elements[key]?.vr === 'UN' ? undefined : dataSet.string(key);
        if (other === undefined) continue;
        compared++;
        const equal =
          vr === 'DS' || vr === 'IS'
            ? sameNumbers(asText(own), other)
            : asText(own) ===
              other
                .split('\\')
                .map((part) => part.trim())
                .join('\\');
        if (!equal) wrong.push(`${file} ${keyword}: ${asText(own)} / ${other}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(5000);
  });

  it('reads the tag table into numbers', () => {
    expect(wantedAttributes.get(tagNumber(0x0018, 0x0081))).toEqual({ keyword: 'EchoTime', vr: 'DS' });
  });
});
