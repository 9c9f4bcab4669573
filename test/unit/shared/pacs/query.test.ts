import { expect, test } from 'vitest';
import { newPacsNodeSchema } from '#shared/pacs/node.ts';
import { anyPart, dateRange, pacsQuerySchema, shownName, uidSchema } from '#shared/pacs/query.ts';

test('a name is searched by any part of it, unless whoever asks says where text may stand', () => {
  expect(['li', 'li*', '?i'].map(anyPart)).toEqual(['*li*', 'li*', '?i']);
});

test.each([
  [{}, undefined],
  [{ from: '2026-03-01' }, '20260301-'],
  [{ to: '2026-03-17' }, '-20260317'],
  [{ from: '2026-03-01', to: '2026-03-17' }, '20260301-20260317'],
  [{ from: '2026-03-17', to: '2026-03-17' }, '20260317'],
])('days %j are asked as %s', (days, range) => expect(dateRange(days)).toBe(range));

test('a name is shown as one reads it', () => {
  expect(shownName('ZHANG^SAN=张^三')).toBe('张 三 · ZHANG SAN');
  expect(shownName('DEMO^LIVER')).toBe('DEMO LIVER');
  expect(shownName('')).toBe('');
});

test.each([
  ['nothing', {}],
  ['two values in one', { patientName: 'A\\B' }],
  ['a line of its own', { patientId: 'A\nB' }],
  ['a day after the other', { from: '2026-03-02', to: '2026-03-01' }],
  ['a day that there is not', { from: '2026-02-30' }],
  ['something else', { patientName: 'A', sex: 'F' }],
])('a query for %s is refused', (_what, query) => expect(pacsQuerySchema.safeParse(query).success).toBe(false));

test('a UID is digits and dots, so that it leads nowhere in an address', () => {
  expect(uidSchema.safeParse('1.2.840.10008').success).toBe(true);
  for (const text of ['', '../studies', '1..2', '1.2/3', '1.2 ']) expect(uidSchema.safeParse(text).success).toBe(false);
});

test.each([
  ['a password over an open line', 'http://pacs.example/dicom-web', { kind: 'basic', user: 'a', password: 'b' }],
  ['a password in the address', 'https://a:b@pacs.example/dicom-web', undefined],
  ['a name that would end within itself', 'https://pacs.example', { kind: 'basic', user: 'a:b', password: 'c' }],
  ['a token that would begin a header of its own', 'https://pacs.example', { kind: 'bearer', token: 'a\r\nb: c' }],
])('an archive with %s is refused', (_what, url, credential) => {
  const address = { name: 'Archive', kind: 'dicomweb', url };
  expect(newPacsNodeSchema.safeParse({ address, ...(credential ? { credential } : {}) }).success).toBe(false);
});
