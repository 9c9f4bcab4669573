import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import type { PacsNode } from '#shared/pacs/node.ts';
import { PacsNodes } from '../../../../src/main/pacs/nodes.ts';
import { selfSigned } from '../../../fixtures/pacs/orthanc.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const KEY = new Uint8Array(32).fill(7);
const PASSWORD = 'planted-secret';
const address = { name: 'Own', kind: 'dicomweb' as const, url: 'https://pacs.example/dicom-web' };
const dimse = { name: 'Old', kind: 'dimse' as const, host: 'h', port: 104, calledAETitle: 'A', callingAETitle: 'B' };
const credential = { kind: 'basic' as const, user: 'reader', password: PASSWORD };

const set = (managed: PacsNode[] = [], env: Record<string, string> = {}, key = KEY) => {
  const folder = temporaryFolder();
  const file = join(folder, 'pacs.json');
  const nodesWith = (by: Uint8Array) => new PacsNodes({ managed, file, env, key: () => by });
  return { folder, file, nodes: nodesWith(key), nodesWith };
};

test('what lets in is in no file as it is, for its owner alone, and comes back for the archive it was given for', () => {
  const { nodes, file } = set();
  nodes.save({ address, credential });
  expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(nodes.reach('Own')).toStrictEqual({ address, credential });
  expect(JSON.stringify(nodes.list())).not.toContain(PASSWORD);
  expect(nodes.list()).toMatchObject([{ name: 'Own', managed: false, credential: true }]);
});

test('what lets in is sent to no other address that somebody writes into the file, and opens with no other key', () => {
  const { nodes, nodesWith, file } = set();
  nodes.save({ address, credential });
  expect(() => nodesWith(new Uint8Array(32)).reach('Own')).toThrow(
    expect.objectContaining({ code: 'pacs-credential-lost' }),
  );
  writeFileSync(file, readFileSync(file, 'utf8').replace('pacs.example', 'evil.example'));
  expect(() => nodes.reach('Own')).toThrow(expect.objectContaining({ code: 'pacs-credential-lost' }));
});

test('one without a secret is kept while the records are closed; one is put in the place of another, and removed', () => {
  const { file } = set();
  const closed = () => {
    throw new Error('closed');
  };
  const nodes = new PacsNodes({ managed: [], file, env: {}, key: closed });
  nodes.save({ address });
  expect(nodes.reach('Own')).toStrictEqual({ address });
  nodes.save({ address: { ...address, url: 'https://other.example' } });
  expect(nodes.list().map((node) => node.address)).toEqual(['https://other.example']);
  nodes.remove('Own');
  expect(nodes.list()).toEqual([]);
  expect(() => nodes.reach('Own')).toThrow(expect.objectContaining({ code: 'pacs-unknown' }));
});

test('a damaged file is said to whoever uses it, and shows what the hospital has set', () => {
  const { nodes, file } = set([{ ...address, name: 'Managed' }]);
  writeFileSync(file, '{');
  expect(nodes.shown().map(({ name }) => name)).toEqual(['Managed']);
  expect(() => nodes.save({ address })).toThrow(expect.objectContaining({ code: 'pacs-file-damaged' }));
});

test('what the hospital has set is not changed here, and finds what lets in where it says', () => {
  const { folder } = set();
  const file = join(folder, 'password');
  writeFileSync(file, `${PASSWORD}\n`);
  const basic = { user: { environment: 'PACS_USER' }, password: { file } };
  const managed = { ...address, name: 'Managed', basic };
  const { nodes } = set([managed], { PACS_USER: 'reader' });
  expect(nodes.reach('Managed')).toMatchObject({ credential });
  expect(() => nodes.save({ address: { ...address, name: 'Managed' } })).toThrow(
    expect.objectContaining({ code: 'setting-managed' }),
  );
  expect(() => nodes.remove('Managed')).toThrow(expect.objectContaining({ code: 'setting-managed' }));
  expect(() => set([managed]).nodes.reach('Managed')).toThrow(expect.objectContaining({ code: 'pacs-no-secret' }));
});

test('as many as are read again are kept, and one more is refused without harm to them', () => {
  const { nodes } = set();
  const names = Array.from({ length: 50 }, (_, index) => `Archive ${index}`);
  for (const name of names) nodes.save({ address: { ...address, name } });
  expect(() => nodes.save({ address })).toThrow(expect.objectContaining({ code: 'pacs-full' }));
  expect(nodes.list().map(({ name }) => name)).toEqual(names);
});

test('of a file of certificates nothing else is handed on, and none is believed that is none', () => {
  const { folder, nodes } = set();
  const ca = join(folder, 'ca.pem');
  const [certificate = ''] = rootCertificates;
  writeFileSync(ca, `-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----\n${certificate}\n`);
  nodes.save({ address: { ...address, ca } });
  expect(nodes.reach('Own').ca).toBe(certificate);
  writeFileSync(ca, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  expect(() => nodes.reach('Own')).toThrow(expect.objectContaining({ code: 'pacs-no-ca' }));
});

test.skipIf(process.platform === 'win32')(
  'a device that never ends is no file of certificates (left out: on Windows there is none)',
  () => {
    const { nodes } = set();
    expect(() => nodes.save({ address: { ...address, ca: '/dev/zero' } })).toThrow(
      expect.objectContaining({ code: 'pacs-no-ca' }),
    );
  },
);

test('an authority that is none, and a key that is none, are said', () => {
  const { folder, nodes } = set();
  const ca = join(folder, 'ca.pem');
  const refused = (code: string) => expect.objectContaining({ code });
  expect(() => nodes.save({ address: { ...address, ca } })).toThrow(refused('pacs-no-ca'));
  writeFileSync(ca, 'nothing');
  expect(() => nodes.save({ address: { ...address, ca } })).toThrow(refused('pacs-no-ca'));
  const { certificate, key } = selfSigned(folder);
  expect(() => nodes.save({ address: { ...dimse, tls: { certificate, key: ca } } })).toThrow(refused('pacs-no-key'));
  nodes.save({ address: { ...dimse, tls: { certificate, key } } });
  const reach = nodes.reach('Old');
  expect(reach.key).toContain('PRIVATE KEY');
  expect(reach.certificate).toBe(readFileSync(certificate, 'utf8').trim());
  // Where it lies is kept; what it says is not.
  expect(readFileSync(join(folder, 'pacs.json'), 'utf8')).not.toContain('BEGIN');
});

test('where the hospital forbids archives of one’s own, none is added and none that was added is used', () => {
  const { nodes, file } = set();
  nodes.save({ address });
  const locked = new PacsNodes({ managed: [dimse], ownAllowed: false, file, env: {}, key: () => KEY });
  expect(locked.list().map(({ name }) => name)).toEqual(['Old']);
  expect(() => locked.save({ address })).toThrow(expect.objectContaining({ code: 'setting-managed' }));
  expect(() => locked.reach('Own')).toThrow(expect.objectContaining({ code: 'pacs-unknown' }));
  expect(locked.reach('Old')).toStrictEqual({ address: dimse });
});
