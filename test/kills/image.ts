/** A copy of a data folder whose process is stopped: what a kill at that moment would have left. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Histories that another one took the place of. */
export const isPutAside = (name: string): boolean => /\.(replaced|damaged)-\d+$/.test(name);

const copy = (from: string, to: string): void => {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (isPutAside(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copy(source, target);
    else {
      copyFileSync(source, target);
      // The right to write was taken from the folder for a moment, not from who looks at the copy.
      chmodSync(target, 0o600);
    }
  }
};

/** Hands a copy over, which is gone afterwards. */
export const withImage = async <T>(folder: string, image: string, work: (image: string) => Promise<T>): Promise<T> => {
  copy(folder, image);
  try {
    return await work(image);
  } finally {
    rmSync(image, { recursive: true, force: true });
  }
};
