/** What decides how fast and how exactly a model is computed here: when any of it changes, it is measured anew. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { arch, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

const changedAt = (path: string): string => {
  try {
    return String(statSync(path).mtimeMs);
  } catch {
    return '';
  }
};

/** Graphics hardware and its driver, as far as it can be read without starting a program. */
const graphics = (platform: NodeJS.Platform): string[] => {
  // Installing a driver changes this folder; on macOS drivers come with the system.
  if (platform === 'win32') {
    return [changedAt(join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'DriverStore', 'FileRepository'))];
  }
  if (platform !== 'linux') return [];
  const cards = namesIn('/sys/class/drm').filter((name) => /^card\d+$/.test(name));
  return [
    ...cards.flatMap((card) => ['vendor', 'device'].map((file) => textOf(`/sys/class/drm/${card}/device/${file}`))),
    textOf('/sys/module/nvidia/version'),
    textOf('/sys/module/amdgpu/version'),
    ...['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].flatMap((folder) =>
      namesIn(folder).map((name) => `${name} ${changedAt(join(folder, name))}`),
    ),
    ...['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES', 'CUDA_VISIBLE_DEVICES'].map(
      (name) => process.env[name] ?? '',
    ),
  ];
};

/** A digest: it stays in the data folder, and tells nothing of the machine to who reads that. */
export const machineDigest = (runtimeVersion: string): string => {
  const processors = cpus();
  const facts = [
    ...[process.platform, arch(), release(), processors[0]?.model ?? '', String(processors.length), String(totalmem())],
    ...[runtimeVersion, ...graphics(process.platform)],
  ];
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 32);
};
