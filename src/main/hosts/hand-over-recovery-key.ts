import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** False where the file is there already or cannot be written. */
const isWritten = (file: string, recoveryKey: string): boolean => {
  try {
    const options = { flag: 'wx', mode: 0o600 };
    writeFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), file), `${recoveryKey}\n`, options);
    return true;
  } catch {
    return false;
  }
};

/**
 * Gives a new recovery key of the case history to a person, once: to a new file that only its owner reads, or on standard
 * error, which is not what a program further along reads.
 */
export const handOverRecoveryKey = (
  recoveryKey: string,
  { file, note }: { file: string | undefined; note: (line: string) => void },
): void => {
  if (file !== undefined && isWritten(file, recoveryKey)) {
    note(
      'The new recovery key of the case history is in the file. Print it, keep it apart from this computer, and remove the file.',
    );
    return;
  }
  // Never given again, so where it could not be written it must be seen now.
  if (file !== undefined) note(`The recovery key could not be written to ${file}, which must be a new file.`);
  note(`New recovery key of the case history, shown once; keep it on paper: ${recoveryKey}`);
};
