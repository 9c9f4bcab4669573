/** The components of a packed application as two texts: licences for people, a bill of materials for scanners. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const title = ({ name, version = '', within }) => `${name} ${version}`.trim() + (within ? ` (within ${within})` : '');

export const licencesText = (components) =>
  [
    `haicast\n\n${readFileSync(join(root, 'LICENSE'), 'utf8').trim()}`,
    ...components.map((one) => `${title(one)}\n\n${one.text || `(${one.licence ?? 'see its page'})`}`),
  ].join(`\n\n${'-'.repeat(80)}\n\n`);

/** CycloneDX 1.6 (ECMA-424). Without a serial number and a time: the same application has the same text. */
export const billOfMaterials = (components, version) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: { type: 'application', name: 'haicast', version, licenses: [{ license: { id: 'Apache-2.0' } }] },
  },
  components: components.map(({ name, version: theirs, licence, purl, within, source }) => ({
    type: name === 'Electron' ? 'framework' : 'library',
    name,
    ...(theirs ? { version: theirs } : {}),
    ...(licence ? { licenses: [{ license: { name: licence } }] } : {}),
    ...(purl ? { purl } : {}),
    ...(source ? { externalReferences: [{ type: 'website', url: source }] } : {}),
    ...(within ? { properties: [{ name: 'haicast:within', value: within }] } : {}),
  })),
});
