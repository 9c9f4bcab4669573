/** Options that many commands have in the same form. */

export interface JsonOption {
  json?: boolean;
}

/** For `Command.option`: flag and what it does. */
export const JSON_OPTION = ['--json', 'machine-readable output'] as const;

export const asJson = (value: unknown): string => JSON.stringify(value, null, 2);

/** Of an option that may be given again: all that was given. */
export const collect = (value: string, before: string[]): string[] => [...before, value];
