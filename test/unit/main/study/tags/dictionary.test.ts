import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { TABLE, tableText } from '../../../../../scripts/data-elements.mjs';
import { dictionary } from '../../../../../src/main/study/tags/dictionary.ts';

describe('dictionary', () => {
  it.each([
    ['0010,0010', { vr: 'PN', keyword: 'PatientName' }],
    // PS3.6: "US or SS", and "US or OW".
    ['0028,0106', { vr: 'US', keyword: 'SmallestImagePixelValue' }],
    ['0028,3006', { vr: 'OW', keyword: 'LUTData' }],
    ['0000,0001', { vr: 'UL', keyword: 'CommandLengthToEnd' }],
    // Groups that repeat: overlays and curves (PS3.5 7.6).
    ['6000,3000', { vr: 'OW', keyword: 'OverlayData' }],
    ['601E,0022', { vr: 'LO', keyword: 'OverlayDescription' }],
    ['5002,0010', { vr: 'US', keyword: 'NumberOfPoints' }],
    ['0008,0000', { vr: 'UL', keyword: 'GroupLength' }],
    ['0029,0010', { vr: 'LO', keyword: 'PrivateCreator' }],
    ['0029,1010', undefined],
  ])('knows %s', (tag, entry) => {
    expect(dictionary(tag)).toEqual(entry);
  });

  it('is the table that its script makes of the installed dictionary', async () => {
    expect(await readFile(TABLE, 'utf8')).toBe(tableText());
  });
});
