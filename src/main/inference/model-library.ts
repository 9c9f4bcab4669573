import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { InstalledModel, ProcedureOutput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { type ModelPackage, packageError, readModelPackage } from './model-package.ts';

export interface ModelFolders {
  /** Packages that come with the application. */
  builtIn: string;
  /** Packages of the hospital, in the data folder; need not exist. */
  installed: string;
}

interface KnownModel {
  model: ModelPackage;
  origin: InstalledModel['origin'];
}

interface Library {
  /** Built-in first, each by folder name; the first is the default. */
  models: KnownModel[];
  rejected: { folder: string; reason: string }[];
}

type Check = (model: ModelPackage) => Promise<void>;

const subfolders = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  return names.sort().map((name) => join(folder, name));
};

/**
 * The model packages at hand. Every package is checked whole (schema, SHA-256, shapes of the weights); one that does not
 * fit is listed with the reason and keeps no other from being used.
 */
export class ModelLibrary {
  readonly #folders: ModelFolders;
  readonly #check: Check;
  #library: Promise<Library> | undefined;

  /** @param check whether the weights themselves fit; throws `AppError('model-refused')` */
  constructor(folders: ModelFolders, check: Check) {
    this.#folders = folders;
    this.#check = check;
  }

  async list(): Promise<ProcedureOutput<'models.list'>> {
    const { models, rejected } = await this.#read();
    return {
      models: models.map(({ model, origin }, i) => ({ manifest: model.manifest, origin, isDefault: i === 0 })),
      rejected,
    };
  }

  /** The model of this id, or the default one. Throws `AppError` with `model-unknown` or `no-model`. */
  async get(id?: string): Promise<ModelPackage> {
    const { models, rejected } = await this.#read();
    const found = id === undefined ? models[0] : models.find(({ model }) => model.manifest.id === id);
    if (found) return found.model;
    if (id !== undefined) {
      throw new AppError('model-unknown', `There is no model "${id}". Choose one of the installed models.`, {
        params: { id, known: models.map(({ model }) => model.manifest.id).join(', ') },
      });
    }
    const reasons = rejected.map(({ folder, reason }) => `${folder}: ${reason}`).join(' ');
    throw new AppError('no-model', 'No model package can be used, so no prediction is possible. Install one.', {
      detail: reasons,
    });
  }

  /** The model card as Markdown. */
  async card(id: string): Promise<string> {
    const { folder } = await this.get(id);
    return await readFile(join(folder, 'MODEL_CARD.md'), 'utf8');
  }

  /** Looks at the folders again with the next question. */
  refresh(): void {
    this.#library = undefined;
  }

  #read(): Promise<Library> {
    this.#library ??= this.#readFolders();
    return this.#library;
  }

  async #readFolders(): Promise<Library> {
    const library: Library = { models: [], rejected: [] };
    for (const origin of ['built-in', 'installed'] as const) {
      const folders = await subfolders(origin === 'built-in' ? this.#folders.builtIn : this.#folders.installed);
      for (const folder of folders) {
        try {
          library.models.push({ model: await this.#checked(folder, library.models), origin });
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          library.rejected.push({ folder: basename(folder), reason });
        }
      }
    }
    return library;
  }

  async #checked(folder: string, before: readonly KnownModel[]): Promise<ModelPackage> {
    const model = await readModelPackage(folder);
    const { id } = model.manifest;
    if (before.some((one) => one.model.manifest.id === id)) {
      throw packageError([`another package already has the id "${id}"`]);
    }
    const card = await stat(join(folder, 'MODEL_CARD.md')).catch(() => undefined);
    if (!card?.isFile()) throw packageError(['it has no MODEL_CARD.md']);
    await this.#check(model);
    return model;
  }
}
