/** Writes a case's objects into an empty folder; cancelled or failed, nothing of them is left. */
import type { ExportedCase, ExportKind } from '#shared/report/export-kinds.ts';
import { CopyFolder } from '../files/copy-folder.ts';
import type { CallOptions } from '../workers/client.ts';
import { type Material, makeFiles } from './make-files.ts';

/** They name the patient: for whoever wrote them alone. */
const MODE = 0o600;

/** Throws `folder-not-empty`, `cannot-write`. */
export const exportCase = async (
  material: Material,
  { folder, wanted, options }: { folder: string; wanted: ReadonlySet<ExportKind>; options: Required<CallOptions> },
): Promise<ExportedCase> => {
  const destination = await CopyFolder.open(folder, MODE);
  const result: ExportedCase = { files: [], notMade: [], namesImages: material.reported.images !== undefined };
  try {
    let done: ReadonlySet<ExportKind> = new Set();
    for await (const step of makeFiles(material, wanted)) {
      options.signal.throwIfAborted();
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
    return result;
  } catch (error) {
    await destination.takeBack();
    throw error;
  }
};
