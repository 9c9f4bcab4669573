/**
 * The names that a DICOMDIR gives its files, found as discs and their copies really spell them. PS3.10 8.2 allows names of
 * eight capitals; ISO 9660 level 1 adds an extension and a version, drivers change the case, and viewers add `.dcm`.
 */
import { readdir } from 'node:fs/promises';

/** Extensions that stand for a DICOM file where several files differ in nothing else. */
const dicomExtensions = ['.DCM', '.DICOM', '.IMA', '.DIC', ''];

const extensionOf = (name: string): string => /\.[^.]+$/.exec(name)?.[0] ?? '';

/** In capitals, without version number and the bare dot that is left of an empty extension. */
const plain = (name: string): string => name.toUpperCase().replace(/;\d+$/, '').replace(/\.$/, '');

const stem = (name: string): string => name.slice(0, name.length - extensionOf(name).length);

/** Equal but for an extension that one of the two lacks. */
const differInExtension = (entry: string, name: string): boolean =>
  stem(entry) === name || entry === stem(name) || (stem(entry) === stem(name) && extensionOf(entry) === '.DCM');

export class FolderNames {
  readonly #byFolder = new Map<string, Promise<string[]>>();

  /** The entries of `folder` that may be meant by `name`, the likeliest first: a disc may hold a folder in two spellings. */
  async find(folder: string, name: string, kind: 'file' | 'folder'): Promise<string[]> {
    const entries = await this.#entriesOf(folder);
    const wanted = plain(name);
    const same = entries
      .filter((entry) => plain(entry) === wanted)
      .sort((a, b) => Number(b === name) - Number(a === name));
    if (same.length > 0 || kind === 'folder') return same;
    const alike = entries.filter((entry) => differInExtension(plain(entry), wanted));
    if (alike.length <= 1) return alike;
    for (const extension of dicomExtensions) {
      const fitting = alike.filter((entry) => extensionOf(plain(entry)) === extension);
      if (fitting.length === 1) return fitting;
    }
    return [];
  }

  #entriesOf(folder: string): Promise<string[]> {
    let names = this.#byFolder.get(folder);
    if (!names) {
      names = readdir(folder).catch(() => []);
      this.#byFolder.set(folder, names);
    }
    return names;
  }
}
