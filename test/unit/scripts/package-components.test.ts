import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { packageFolderOf } from '../../../scripts/bundled-packages.mjs';
import { embeddedComponents, packagesInArchive } from '../../../scripts/package-components.mjs';
import { billOfMaterials, licencesText } from '../../../scripts/package-notices.mjs';

const packages = resolve(import.meta.dirname, '../../../node_modules');
const wasm = resolve(packages, 'dcmjs-codecs/build/dcmjs-native-codecs.wasm');

describe('what a packed application is made of', () => {
  it('names every library that the codecs’ WebAssembly tells that it was compiled from, and its licence', () => {
    // Assertions keep the paths of their sources: …/wasm/lib/<name>-<version>/…
    const compiled = readFileSync(wasm, 'latin1').matchAll(/wasm\/lib\/([a-z\d]+)-([\d._]+)\//g);
    const told = new Set([...compiled].map(([, name = '', version = '']) => `${name} ${version}`));
    expect(told.size).toBeGreaterThan(4);
    const listed = embeddedComponents().filter(({ within }) => within?.includes('dcmjs-codecs'));
    const named = listed.map(({ name, version }) => `${name.toLowerCase()} ${version}`);
    expect(named).toEqual(expect.arrayContaining([...told]));
    for (const { name, text } of listed) expect(text, name).toMatch(/copyright[\s\S]*warrant/i);
  });

  it('names the versions that the other packages’ binaries tell themselves', () => {
    const versionOf = (name: string, within: string) =>
      embeddedComponents().find((one) => one.name === name && one.within?.includes(within))?.version;
    const charls = readFileSync(resolve(packages, '@cornerstonejs/codec-charls/dist/charlswasm.wasm'), 'latin1');
    expect(/charls (\d+\.\d+\.\d+)/.exec(charls)?.[1]).toBe(versionOf('CharLS', '@cornerstonejs/codec-charls'));
    const records = new Sqlite(':memory:');
    const [sqlite, ciphers] = ['sqlite_version()', 'sqlite3mc_version()'].map((call) =>
      String(records.prepare(`SELECT ${call}`).pluck().get()),
    );
    records.close();
    expect(sqlite).toBe(versionOf('SQLite', 'better-sqlite3'));
    expect(ciphers).toContain(versionOf('SQLite3 Multiple Ciphers', 'better-sqlite3'));
    const { version } = JSON.parse(readFileSync(resolve(packages, 'onnxruntime-node/package.json'), 'utf8'));
    expect(version).toBe(versionOf('ONNX Runtime', 'onnxruntime-node'));
  });

  it('finds packages in an archive, nested ones too, and in the ids of bundled modules', () => {
    expect(
      packagesInArchive([
        '/package.json',
        '/node_modules/zod/package.json',
        '/node_modules/zod/v4/package.json',
        '/node_modules/@scope/name/node_modules/inner/package.json',
      ]),
    ).toEqual(['node_modules/zod', 'node_modules/@scope/name/node_modules/inner']);
    expect(packageFolderOf('/a/node_modules/@scope/name/dist/x.js?worker')).toBe('/a/node_modules/@scope/name');
    expect(packageFolderOf('C:\\a\\node_modules\\vue\\index.js')).toBe('C:/a/node_modules/vue');
    expect(packageFolderOf('/a/src/main.ts')).toBeUndefined();
  });

  it('gives each component to people with its licence and to scanners with its address', () => {
    const one = { name: 'vue', version: '3.5.0', licence: 'MIT', text: 'The MIT License', purl: 'pkg:npm/vue@3.5.0' };
    const inner = {
      name: 'OpenJPEG',
      version: '2.5.0',
      licence: 'BSD-2-Clause',
      text: 'Copyright UCL',
      within: 'codecs',
    };
    const text = licencesText([one, inner]);
    expect(text).toContain('vue 3.5.0\n\nThe MIT License');
    expect(text).toContain('OpenJPEG 2.5.0 (within codecs)\n\nCopyright UCL');
    expect(billOfMaterials([one, inner], '1.0.0')).toMatchObject({
      bomFormat: 'CycloneDX',
      components: [
        { name: 'vue', version: '3.5.0', purl: 'pkg:npm/vue@3.5.0' },
        { name: 'OpenJPEG', properties: [{ name: 'haicast:within', value: 'codecs' }] },
      ],
    });
  });
});
