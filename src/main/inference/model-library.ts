import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { InstalledModel, ProcedureOutput, ProviderReport } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { ProviderSetting } from '#shared/model/providers.ts';
import { machineDigest } from './machine.ts';
import { type ModelPackage, packageError, readModelPackage } from './model-package.ts';
import { type ChosenProvider, type InferenceWorker, ModelRunner } from './model-runner.ts';
import { providerMemory } from './provider-memory.ts';
import { providerOrder } from './providers.ts';

export interface ModelLibraryOptions {
  /** Packages that come with the application. */
  builtInFolder: string;
  /** Packages of the hospital, in the data folder; need not exist. */
  installedFolder: string;
  /** The inference process. */
  worker: InferenceWorker;
  /** Exactly these execution providers (`HAICAST_PROVIDERS`); by platform where there are none. */
  providers?: readonly string[] | undefined;
  /** Id of the model that the user made the default; without it, or where it is gone, the first one is. */
  preferred?: () => string;
  /** Which of them the user wants; the fastest where it is absent. */
  providerSetting?: (() => ProviderSetting) | undefined;
  /** Where their speeds are remembered; only as long as this process lives where it is absent. */
  measurementsFile?: string | undefined;
  /** SHA-256 of the weights that may be used on this workstation; any where it is absent. */
  allowed?: readonly string[] | undefined;
}

interface KnownModel {
  model: ModelPackage;
  origin: InstalledModel['origin'];
}

interface Library {
  /** Built-in first, each by folder name. */
  models: KnownModel[];
  rejected: { folder: string; reason: string }[];
}

/** Of ONNX Runtime: another one computes at another speed, and may not compute the same. */
const runtimeVersion = (): string =>
  (createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string }).version;

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
  readonly runner: ModelRunner;
  readonly #setting: () => ProviderSetting;
  readonly #folders: Readonly<Record<InstalledModel['origin'], string>>;
  readonly #preferred: () => string;
  readonly #allowed: readonly string[] | undefined;
  #library: Promise<Library> | undefined;

  constructor(options: ModelLibraryOptions) {
    const { builtInFolder, installedFolder, worker, providers, providerSetting, measurementsFile, allowed } = options;
    this.#allowed = allowed;
    this.#preferred = options.preferred ?? (() => '');
    this.#folders = { 'built-in': builtInFolder, installed: installedFolder };
    this.#setting = providerSetting ?? (() => 'automatic');
    this.runner = new ModelRunner({
      worker,
      order: providerOrder(process.platform, providers),
      setting: this.#setting,
      machine: machineDigest(runtimeVersion()),
      ...(measurementsFile === undefined ? {} : { memory: providerMemory(measurementsFile) }),
    });
  }

  async list(): Promise<ProcedureOutput<'models.list'>> {
    const { models, rejected } = await this.#read();
    const chosen = this.#default(models);
    return {
      models: models.map((known) => ({
        manifest: known.model.manifest,
        origin: known.origin,
        isDefault: known === chosen,
      })),
      rejected,
    };
  }

  /** The model of this id, or the default one. Throws `AppError` with `model-unknown` or `no-model`. */
  async get(id?: string): Promise<ModelPackage> {
    const { models, rejected } = await this.#read();
    const found = id === undefined ? this.#default(models) : models.find(({ model }) => model.manifest.id === id);
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

  /** What the model is computed by here, with the figures of all that were tried; measured where that was not done yet. */
  async provider(id?: string): Promise<ProviderReport> {
    const model = await this.get(id);
    return this.#report(model, await this.runner.choose(model));
  }

  /** Measures the providers anew on the package's reference input. */
  async selfTest(id: string): Promise<ProviderReport> {
    const model = await this.get(id);
    return this.#report(model, await this.runner.test(model));
  }

  #report({ manifest }: ModelPackage, { provider, figures, measuredAt }: ChosenProvider): ProviderReport {
    const { tolerance } = manifest.reference;
    return { modelId: manifest.id, provider, setting: this.#setting(), tolerance, figures, measuredAt };
  }

  /** Throws `model-refused` for weights that the administrator of the workstation has not allowed. */
  assertAllowed({ manifest }: ModelPackage): void {
    if (this.#allowed?.includes(manifest.weights.sha256) === false) {
      throw packageError(['the administrator of this workstation has not allowed these weights']);
    }
  }

  /** Where packages of the hospital are kept. */
  get installedFolder(): string {
    return this.#folders.installed;
  }

  /** Looks at the folders again with the next question. */
  refresh(): void {
    this.#library = undefined;
  }

  #default(models: readonly KnownModel[]): KnownModel | undefined {
    const preferred = this.#preferred();
    return models.find(({ model }) => model.manifest.id === preferred) ?? models[0];
  }

  #read(): Promise<Library> {
    this.#library ??= this.#readFolders();
    return this.#library;
  }

  async #readFolders(): Promise<Library> {
    const library: Library = { models: [], rejected: [] };
    for (const origin of ['built-in', 'installed'] as const) {
      const folders = await subfolders(this.#folders[origin]);
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
    this.assertAllowed(model);
    if (before.some((one) => one.model.manifest.id === id)) {
      throw packageError([`another package already has the id "${id}"`]);
    }
    const card = await stat(join(folder, 'MODEL_CARD.md')).catch(() => undefined);
    if (!card?.isFile()) throw packageError(['it has no MODEL_CARD.md']);
    await this.#assertFits(model);
    return model;
  }

  /** A process may be ended from outside: only a package that ends it twice is refused for that. */
  async #assertFits(model: ModelPackage): Promise<void> {
    try {
      await this.runner.assertFits(model);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'worker-died') throw error;
      await this.runner.assertFits(model).catch((again: unknown) => {
        const isDeath = again instanceof AppError && again.code === 'worker-died';
        throw isDeath ? packageError(['loading its weights ended the inference process']) : again;
      });
    }
  }
}
