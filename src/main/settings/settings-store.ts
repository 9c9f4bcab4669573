import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { type ProcedureInput, type Settings, settingsSchema } from '#shared/api.ts';
import { canonicalJson } from '#shared/canonical-json.ts';
import { publishedRegimens } from '#shared/course/regimens.ts';
import { AppError } from '#shared/errors.ts';
import { automaticImageMemoryMb } from '#shared/image-memory.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { settingManaged } from './setting-managed.ts';

export interface SettingsStoreOptions {
  /** settings.json in the data folder. */
  file: string;
  /** BCP 47, from the operating system; decides the language until the user does. */
  locale: string;
  userName: string;
  /** What the administrator of this workstation has set: nobody changes it here. */
  managed?: SettingsChange | undefined;
}

export const defaultSettings = ({ locale, userName }: Pick<SettingsStoreOptions, 'locale' | 'userName'>): Settings => ({
  language: /^zh(?![a-z])/i.test(locale) ? 'zh-CN' : 'en',
  theme: 'dark',
  userName,
  hideIdentity: false,
  defaultModelId: '',
  provider: 'automatic',
  regimens: [...publishedRegimens],
  lockAfterMinutes: 0,
  emptyTrashAfterDays: 0,
  fetchedStudies: 'closed',
  imageMemoryMb: automaticImageMemoryMb(totalmem()),
  textSize: 100,
});

/** Pure: `{ name: { from, to } }` of what differs. */
export const changedSettings = (before: Settings, after: Settings): Record<string, { from: unknown; to: unknown }> => {
  const was: Readonly<Record<string, unknown>> = before;
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => canonicalJson(was[name]) !== canonicalJson(value))
      .map(([name, value]) => [name, { from: was[name], to: value }]),
  );
};

const changeSchema = settingsSchema.partial();
export type SettingsChange = ProcedureInput<'settings.set'>;

/** A member that is there but undefined is not a choice. */
const chosenIn = (change: SettingsChange): Partial<Settings> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

/** Only what the user chose is kept; everything else follows the defaults of this start. */
export class SettingsStore {
  readonly #options: SettingsStoreOptions;
  #chosen: Partial<Settings> = {};
  /** Why the settings are not the ones that were kept; undefined where all is well. */
  readonly problem: AppError | undefined;

  constructor(options: SettingsStoreOptions) {
    this.#options = options;
    this.problem = this.#load();
  }

  get(): Settings {
    return { ...defaultSettings(this.#options), ...this.#chosen, ...chosenIn(this.#options.managed ?? {}) };
  }

  /** Names of the settings that cannot be changed here. */
  get managed(): string[] {
    return Object.keys(chosenIn(this.#options.managed ?? {}));
  }

  /** Throws `setting-managed` where the administrator has set one of them, and changes none; `settings-not-saved` where the file cannot be written; the change then holds until the application ends. */
  set(change: SettingsChange): Settings {
    const chosen = chosenIn(changeSchema.parse(change));
    const locked = this.managed.filter((name) => name in chosen);
    if (locked.length > 0) throw settingManaged(...locked);
    this.#chosen = { ...this.#chosen, ...chosen };
    try {
      mkdirSync(dirname(this.#options.file), { recursive: true, mode: 0o700 });
      writeAtomically(this.#options.file, `${JSON.stringify(this.#chosen, null, 2)}\n`);
    } catch (error) {
      throw new AppError(
        'settings-not-saved',
        'The settings could not be saved and hold until haicast is closed. Check that the data folder can be written and the disk is not full.',
        { detail: error instanceof Error ? error.message : String(error), cause: error },
      );
    }
    return this.get();
  }

  #load(): AppError | undefined {
    const { file } = this.#options;
    try {
      if (!existsSync(file)) return undefined;
      this.#chosen = chosenIn(changeSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
      return undefined;
    } catch (error) {
      return this.#setAside(error);
    }
  }

  #setAside(error: unknown): AppError {
    const aside = `${this.#options.file}.damaged-${Date.now()}`;
    try {
      renameSync(this.#options.file, aside);
    } catch {
      // It cannot be read and not be moved either: it stays, and the defaults hold.
    }
    return new AppError(
      'settings-damaged',
      'The settings file could not be read. It was kept under another name, and the usual settings hold.',
      { detail: error instanceof Error ? error.message : String(error), cause: error },
    );
  }
}
