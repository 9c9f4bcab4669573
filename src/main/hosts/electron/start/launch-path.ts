import { resolve } from 'node:path';

/** Flags of Chromium and Electron start with a dash; on Windows the shell may also hand over `/prefetch:…`. */
const isFlag = (argument: string): boolean => argument.startsWith('-') || /^\/[a-z]+:/i.test(argument);

/**
 * The study that a launch names, absolute; undefined where it names none. Unpackaged, the first plain argument is the
 * application's own folder.
 */
export const launchPath = (argv: readonly string[], isPackaged: boolean, workingFolder: string): string | undefined => {
  const plain = argv.slice(1).filter((argument) => argument !== '' && !isFlag(argument));
  const [path] = isPackaged ? plain : plain.slice(1);
  return path === undefined ? undefined : resolve(workingFolder, path);
};
