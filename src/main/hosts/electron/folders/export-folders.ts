import { randomUUID } from 'node:crypto';
import { destinationUnknown } from '../../../procedures/deidentify.ts';

/**
 * Folders that the user chose in the system's own dialog. The page gets an id for each and never names a path itself;
 * an id is good for one copy.
 */
export class ExportFolders {
  readonly #folders = new Map<string, string>();

  grant(folder: string): string {
    const id = randomUUID();
    this.#folders.set(id, folder);
    return id;
  }

  /** Throws `destination-unknown` for what was not chosen, or was used already. */
  take(id: string): string {
    const folder = this.#folders.get(id);
    if (folder === undefined) throw destinationUnknown();
    this.#folders.delete(id);
    return folder;
  }
}
