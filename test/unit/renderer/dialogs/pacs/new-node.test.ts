import { expect, test } from 'vitest';
import { emptyForm, nodeOf, warningOf } from '../../../../../src/renderer/dialogs/pacs/new-node.ts';

const dimse = {
  ...emptyForm(),
  name: 'Radiology',
  kind: 'dimse' as const,
  host: ' pacs.example ',
  calledAETitle: 'ARCHIVE',
};

test('a form of the DICOM network is an archive once it is whole', () => {
  expect(nodeOf({ ...emptyForm(), kind: 'dimse' })).toBeUndefined();
  expect(nodeOf(dimse)).toStrictEqual({
    address: {
      name: 'Radiology',
      kind: 'dimse',
      host: 'pacs.example',
      port: 104,
      calledAETitle: 'ARCHIVE',
      callingAETitle: 'HAICAST',
    },
  });
  for (const port of ['', '0', '65536', '1e3', '-1', 'x']) expect(nodeOf({ ...dimse, port }), port).toBeUndefined();
  expect(nodeOf({ ...dimse, calledAETitle: 'A\\B' })).toBeUndefined();
});

test('images that are sent here need an address and a port, and over TLS a certificate with its key and an authority', () => {
  const move = { ...dimse, retrieve: 'move' as const };
  expect(nodeOf(move)).toBeUndefined();
  expect(nodeOf({ ...move, moveHost: '10.0.0.5' })?.address).toMatchObject({
    move: { host: '10.0.0.5', port: 11_112 },
  });
  const tls = { ...move, moveHost: '10.0.0.5', tls: true };
  expect(nodeOf(tls)).toBeUndefined();
  expect(nodeOf({ ...tls, certificate: '/c.pem' })).toBeUndefined();
  const certified = { ...tls, certificate: '/c.pem', key: '/k.pem' };
  expect(nodeOf(certified)).toBeUndefined();
  expect(nodeOf({ ...certified, ca: '/ca.pem' })?.address).toMatchObject({
    tls: { ca: '/ca.pem', certificate: '/c.pem', key: '/k.pem' },
  });
  expect(nodeOf({ ...dimse, tls: true })?.address).toMatchObject({ tls: {} });
});

test('what was typed for the other kind goes nowhere', () => {
  const both = { ...dimse, url: 'https://pacs.example', way: 'basic' as const, user: 'u', password: 'planted' };
  expect(JSON.stringify(nodeOf(both))).not.toContain('planted');
  expect(nodeOf({ ...both, kind: 'dicomweb' })).toStrictEqual({
    address: { name: 'Radiology', kind: 'dicomweb', url: 'https://pacs.example' },
    credential: { kind: 'basic', user: 'u', password: 'planted' },
  });
});

test('an open line is said, and that no password goes over it', () => {
  expect(warningOf(dimse)).toBe('plain');
  expect(warningOf({ ...dimse, tls: true })).toBeUndefined();
  const move = { ...dimse, tls: true, retrieve: 'move' as const };
  expect(warningOf(move)).toBe('needsCertificate');
  expect(warningOf({ ...move, certificate: '/c', key: '/k' })).toBe('needsCertificate');
  expect(warningOf({ ...move, ca: '/ca', certificate: '/c', key: '/k' })).toBeUndefined();
  const web = { ...emptyForm(), url: 'http://pacs.example' };
  expect(warningOf(web)).toBe('plain');
  expect(warningOf({ ...web, way: 'bearer' })).toBe('httpsOnly');
});
