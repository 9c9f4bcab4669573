/** What is handed to whoever helps: text that names nobody, shown whole before it leaves, and written as it was shown. */
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { type BundleFile, type SelfCheck, sayFinding } from '#shared/self-check.ts';

export interface BundleFacts {
  check: SelfCheck;
  version: string;
  platform: string;
  versions: Readonly<Record<string, string>>;
  settings: Settings;
  /** Names of what the administrator of the workstation has set. */
  managed: readonly string[];
  /** Text of the log. */
  log: string;
}

const asText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Without the name of the user: what helps is what is chosen, not by whom. */
const settingsOf = ({ userName: _name, ...rest }: Settings, managed: readonly string[]) => ({ ...rest, managed });

/** Pure: every file of the bundle, whole. */
export const bundleOf = ({ check, version, platform, versions, settings, managed, log }: BundleFacts): BundleFile[] => [
  {
    name: 'self-check.json',
    text: asText({ at: check.at, findings: check.findings.map((one) => ({ ...one, ...sayFinding(one) })) }),
  },
  { name: 'versions.json', text: asText({ haicast: version, platform, versions }) },
  { name: 'settings.json', text: asText(settingsOf(settings, managed)) },
  { name: 'haicast.log', text: log },
];

/** As much as a person can look through, and days of a workstation in trouble. */
const MOST_LOG_BYTES = 256 * 1024;

/** The end of a log, from the beginning of a line; empty where there is none. */
export const endOfLog = async (file: string, most = MOST_LOG_BYTES): Promise<string> => {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - most);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await handle.close();
  }
};

const notWritten = (error: unknown): AppError =>
  new AppError(
    'bundle-not-written',
    'The support bundle could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
    { detail: error instanceof Error && 'code' in error ? String(error.code) : 'unknown', cause: error },
  );

/** Seconds and not less: a second bundle of the day stands beside the first. */
const folderAt = (now: Date): string => `haicast-support-${now.toISOString().slice(0, 19).replaceAll(':', '')}`;

/** Writes the files into a new folder below `target`; gives its name. All or none. Throws `bundle-not-written`. */
export const writeBundle = async (files: readonly BundleFile[], target: string, now: Date): Promise<string> => {
  const name = folderAt(now);
  const folder = join(target, name);
  try {
    await mkdir(target, { recursive: true, mode: 0o700 });
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    throw notWritten(error);
  }
  try {
    for (const file of files) await writeFile(join(folder, file.name), file.text, { mode: 0o600, flag: 'wx' });
    return name;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw notWritten(error);
  }
};
