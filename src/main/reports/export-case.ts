/** Writes a case's objects into a folder of their own; cancelled or failed, nothing of them is left. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportedCase, ExportKind } from '#shared/report/export-kinds.ts';
import { CopyFolder } from '../files/copy-folder.ts';
import type { CallOptions } from '../workers/client.ts';
import { type Material, makeFiles } from './make-files.ts';

/** They name the patient: for whoever wrote them alone. */
const MODE = 0o600;

const nameAt = (at: Date): string => `haicast-case-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`;

/** The folder itself where it is empty or not there yet, else a new one in it: nothing else leaves with the objects. */
const ownFolder = async (folder: string, at: Date): Promise<string> => {
  const entries = await readdir(folder).catch(() => []);
  return entries.length === 0 ? '' : nameAt(at);
};

export interface ExportCaseOptions {
  folder: string;
  wanted: ReadonlySet<ExportKind>;
  /** Throws where the case was erased meanwhile: nothing of it leaves then. */
  assertKept: () => void;
  options: Required<CallOptions>;
}

/** Throws `folder-not-empty`, `cannot-write`. */
export const exportCase = async (
  material: Material,
  { folder, wanted, assertKept, options }: ExportCaseOptions,
): Promise<ExportedCase> => {
  const own = await ownFolder(folder, material.reported.at);
  const destination = await CopyFolder.open(join(folder, own), MODE);
  const result: ExportedCase = {
    files: [],
    folder: own,
    notMade: [],
    namesImages: material.reported.images !== undefined,
  };
  try {
    let done: ReadonlySet<ExportKind> = new Set();
    for await (const step of makeFiles(material, wanted)) {
      options.signal.throwIfAborted();
      assertKept();
      if ('notMade' in step) {
        result.notMade.push(step.notMade);
        done = new Set([...done, step.notMade.kind]);
      } else {
        const { kind, name, bytes } = step.made;
        await destination.write(name, bytes);
        result.files.push({ kind, name, bytes: bytes.length });
        done = new Set([...done, kind]);
      }
      options.onProgress('export', done.size, wanted.size);
    }
    assertKept();
    return result;
  } catch (error) {
    await destination.takeBack();
    throw error;
  }
};
