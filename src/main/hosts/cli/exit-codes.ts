/** Exit codes of `haicast`, as README lists them. */
export const EXIT = {
  ok: 0,
  /** Something failed that should not. */
  failed: 1,
  /** The command line itself was not understood. */
  usage: 2,
  /** The input does not suffice or is refused: nothing readable, no lesion, roles in doubt, factors refused. */
  refused: 3,
  /** The case history is locked, in use, damaged, or its disk is full; or who asks may not. */
  records: 4,
  cancelled: 130,
} as const;

const failures = new Set(['internal', 'worker-died', 'bad-input', 'closed']);
const records = /^(records-|sign-in-|password-|not-allowed$|passphrase-|keychain-|keys-|recovery-|backup-|disk-full$)/;

export const exitCodeOf = (code: string): number => {
  if (code === 'usage') return EXIT.usage;
  if (code === 'cancelled') return EXIT.cancelled;
  if (records.test(code)) return EXIT.records;
  return failures.has(code) ? EXIT.failed : EXIT.refused;
};
