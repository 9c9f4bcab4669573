import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ExportKind } from '#shared/report/export-kinds.ts';
import { exportCase } from '../../../../src/main/reports/export-case.ts';
import { materialOf } from '../../../fixtures/reports/material.ts';
import { reportedCase } from '../../../fixtures/reports/reported-case.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

/** Without a picture of any date. */
const material = () => {
  const reported = reportedCase();
  return materialOf({ ...reported, course: { ...reported.course, images: [] } });
};
const run = (
  folder: string,
  kinds: ExportKind[],
  options: Partial<{ signal: AbortSignal; onProgress: () => void }> = {},
) =>
  exportCase(material(), {
    folder,
    wanted: new Set(kinds),
    assertKept: () => undefined,
    options: { signal: new AbortController().signal, onProgress: () => undefined, ...options },
  });

test('what was asked for is written, for nobody else to read, and what could not be made is said', async () => {
  const folder = join(temporaryFolder(), 'out');
  const exported = await run(folder, ['fhir', 'sr', 'sc']);
  expect(exported.files.map(({ name }) => name)).toEqual(['measurements.dcm', 'case.fhir.json']);
  expect(exported.notMade).toEqual([{ kind: 'sc', reason: 'no-key-images' }]);
  expect(readdirSync(folder).sort()).toEqual(['case.fhir.json', 'measurements.dcm']);
  for (const { name, bytes } of exported.files) {
    expect(statSync(join(folder, name)).size).toBe(bytes);
    if (process.platform !== 'win32') expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
});

test('cancelled, nothing is left behind', async () => {
  const folder = join(temporaryFolder(), 'out');
  const controller = new AbortController();
  const running = run(folder, ['sr', 'map', 'fhir'], {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(running).rejects.toThrow();
  expect(existsSync(folder)).toBe(false);
});

test('in a folder that holds something else they have one of their own', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'other'), '');
  const exported = await run(folder, ['sr']);
  expect(exported.folder).toMatch(/^haicast-case-[\dT-]+Z$/);
  expect(readdirSync(folder).sort()).toEqual([exported.folder, 'other'].sort());
  expect(readdirSync(join(folder, exported.folder))).toEqual(['measurements.dcm']);
});
