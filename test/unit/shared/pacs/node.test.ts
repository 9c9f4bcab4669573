import { expect, test } from 'vitest';
import { isHttps, isPlain, newPacsNodeSchema } from '#shared/pacs/node.ts';

test.each([
  ['http://pacs.example/dicom-web', true],
  ['HTTP://pacs.example/dicom-web', true],
  [' http://pacs.example', true],
  ['https://pacs.example/dicom-web', false],
  ['ARCHIVE@pacs.example:104', false],
  ['', false],
])('%j is readable on the way: %s', (address, plain) => {
  expect(isPlain(address)).toBe(plain);
});

test('what lets in is taken for https alone, however that is written', () => {
  const credential = { kind: 'bearer' as const, token: 'planted' };
  const taken = (url: string) =>
    newPacsNodeSchema.safeParse({ address: { name: 'A', kind: 'dicomweb', url }, credential }).success;
  expect(['HTTPS://a.example', 'http://a.example', 'HTTP://a.example', 'https:a.example'].map(taken)).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(isHttps('https:a.example')).toBe(true);
});
