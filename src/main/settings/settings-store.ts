import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ProcedureInput, type Settings, settingsSchema } from '#shared/api.ts';
import { publishedRegimens } from '#shared/course/regimens.ts';
import { AppError } from '#shared/errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';

export interface SettingsStoreOptions {
  /** settings.json in the data folder. */
  file: string;
  /** BCP 47, from the operating system; decides the language until the user does. */
  locale: string;
  userName: string;
}

export const defaultSettings = ({ locale, userName }: Omit<SettingsStoreOptions, 'file'>): Settings => ({
  language: /^zh(?![a-z])/i.test(locale) ? 'zh-CN' : 'en',
  theme: 'dark',
  userName,
  hideIdentity: false,
  defaultModelId: '',
  provider: 'automatic',
  regimens: [...publishedRegimens],
  lockAfterMinutes: 0,
  emptyTrashAfterDays: 0,
});

/** Pure: `{ name: { from, to } }` of what differs. */
export const changedSettings = (before: Settings, after: Settings): Record<string, { from: unknown; to: unknown }> => {
  const was: Readonly<Record<string, unknown>> = before;
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => was[name] !== value)
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
    return { ...defaultSettings(this.#options), ...this.#chosen };
  }

  /** Throws `settings-not-saved` where the file cannot be written; the change then holds until the application ends. */
  set(change: SettingsChange): Settings {
    this.#chosen = { ...this.#chosen, ...chosenIn(changeSchema.parse(change)) };
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
