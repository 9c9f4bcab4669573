import { AppError } from '#shared/errors.ts';

/** What can be wrong with the record file or the disk it lies on. */
const kinds = {
  'records-corrupt': {
    codes: /^SQLITE_CORRUPT|^SQLITE_NOTADB$/,
    message:
      'The case history is damaged and was left as it is. Put records.db back from a backup, or move it out of the data folder to start a new history.',
  },
  'records-read-only': {
    // IOERR_LOCK: SQLite opened for reading alone what it may not write, and cannot lock it for writing. IOERR_DELETE: a log that is
    // done with cannot be taken out of the folder.
    codes:
      /^SQLITE_READONLY|^SQLITE_IOERR_(LOCK|DELETE)$|^SQLITE_CANTOPEN|^SQLITE_PERM$|^EROFS$|^EACCES$|^EPERM$|^ENOTDIR$/,
    message:
      'The case history cannot be written: the data folder is read-only or not reachable. Nothing was changed. Give write access to the data folder, or choose another one with HAICAST_DATA.',
  },
  'disk-full': {
    // SHMSIZE: no room for the index of a log that the last session left behind.
    codes: /^SQLITE_FULL$|^SQLITE_IOERR_(WRITE|SHMSIZE)$|^ENOSPC$|^EDQUOT$/,
    message: 'The disk is full. Nothing was changed. Free some space in the data folder and save again.',
  },
  'records-in-use': {
    codes: /^SQLITE_BUSY|^SQLITE_LOCKED/,
    message: 'Another running haicast has the case history open. Close it, then try again.',
  },
} as const;
export type RecordErrorCode = keyof typeof kinds | 'records-failed';

/** Is this SQLite saying that what it read is not what was written? */
export const corrupt = (error: unknown): boolean => kinds['records-corrupt'].codes.test(codeOf(error));

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * Any failure of SQLite or of the file system as an error with a cause and a remedy. SQLite's own texts name columns and
 * never values, so they may stand in the log.
 */
export const toRecordError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const detail = `${code} ${error instanceof Error ? error.message : String(error)}`.trim();
  for (const [kind, { codes, message }] of Object.entries(kinds)) {
    if (codes.test(code)) return new AppError(kind, message, { detail, cause: error });
  }
  return new AppError(
    'records-failed',
    'The case history could not be read or written. Nothing was changed. Start haicast again; if this stays, keep a copy of the data folder and report the log.',
    { detail, cause: error },
  );
};

/** Runs `work`; whatever it throws comes out classified. */
export const withRecordErrors = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw toRecordError(error);
  }
};

export const recordsDamaged = (): AppError =>
  new AppError(
    'records-damaged',
    'The case history is damaged in parts. What can be read can be opened and printed; nothing can be saved until the history is mended or put back from a backup (Settings, Records).',
  );

/** Damage that is found without SQLite, classified like that which SQLite finds. */
export const damagedFile = (what: string): Error => Object.assign(new Error(what), { code: 'SQLITE_CORRUPT' });

export const caseUnreadable = (params: Record<string, string>, detail: string): AppError =>
  new AppError(
    'case-unreadable',
    'A part of this case cannot be read. It was left as it is; the other cases are not touched. Verify the case history (Settings, Records), or use a backup.',
    { params, detail },
  );
