/** How much an archive may hold and unpack to, whatever it is packed with. */
import { AppError } from '#shared/errors.ts';

export interface ZipLimits {
  /** Entries in one archive. */
  entries: number;
  /** Inflated size of one entry, bytes. */
  entryBytes: number;
  /** Inflated size of all entries, bytes. */
  totalBytes: number;
  /** Inflated to compressed size, of the whole archive and of one entry, beyond `ratioFreeBytes`. */
  ratio: number;
  /** Small archives of black images may have any ratio. */
  ratioFreeBytes: number;
}

/** A liver MRI has at most some thousand images and a few gigabytes; compressed MR images reach ratios of two to ten. */
export const defaultZipLimits: ZipLimits = {
  entries: 200_000,
  entryBytes: 2 * 1024 ** 3,
  totalBytes: 64 * 1024 ** 3,
  ratio: 200,
  ratioFreeBytes: 256 * 1024 ** 2,
};

export const refuseArchive = (reason: string): never => {
  throw new AppError(
    'unsafe-archive',
    `${reason} Nothing of it was opened. Unpack it with a tool you trust and open the folder.`,
  );
};
