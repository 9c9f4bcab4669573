/** A backup of the case history: a folder with the file, the keys file, and this beside them. */
import { z } from 'zod';

export const backupManifestSchema = z.object({
  schema: z.literal(1),
  at: z.string(),
  /** Of records.db. */
  bytes: z.int().nonnegative(),
  cases: z.int().nonnegative(),
  /** The last entry of the audit log: what came after it is not in the backup. */
  through: z.int().nonnegative(),
  hash: z.string(),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

export const backupSchema = backupManifestSchema
  .pick({ at: true, bytes: true, cases: true })
  .extend({ name: z.string() });
export type Backup = z.infer<typeof backupSchema>;

export const backupStatusSchema = z.object({
  folder: z.string(),
  /** It lies in the data folder, and is lost with its disk. */
  isOnSameDisk: z.boolean(),
  /** Newest first. */
  backups: z.array(backupSchema),
  /** None has been made for more than two days of work, or the last attempt failed. */
  isMissed: z.boolean(),
  /** Code of what failed last. */
  problem: z.string().optional(),
});
export type BackupStatus = z.infer<typeof backupStatusSchema>;

/** What a restore would take away; null where the present history is too damaged to be compared. */
export const restorePreviewSchema = z.object({
  name: z.string(),
  at: z.string(),
  cases: z.int(),
  /** Cases that were kept after the backup, and would be gone. */
  newCases: z.int().nullable(),
  /** Cases that were changed after it, and would be as they were. */
  changedCases: z.int().nullable(),
});
export type RestorePreview = z.infer<typeof restorePreviewSchema>;
