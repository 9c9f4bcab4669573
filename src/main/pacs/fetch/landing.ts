/** Where the images of one fetch land: a folder of their own, in which a file is only what was looked at and is what was asked for. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pacsError } from '../errors.ts';
import { assertAsked, type ImageAsked } from './assert-asked.ts';

export interface Asked {
  studyInstanceUID: string;
  /** As the archive answered; undefined where it did not say. */
  patientId: string | undefined;
}

/** Names of files say nothing of a patient, and what is there already is known by them. */
const nameOf = (sopInstanceUID: string): string =>
  createHash('sha256').update(sopInstanceUID).digest('hex').slice(0, 32);

export class Landing {
  readonly #folder: string;
  readonly #asked: Asked;
  readonly #mostBytes: number;
  readonly #settled: (images: number) => void;
  #bytes = 0;
  #images = 0;

  /** `folder` is there, for this user alone. */
  constructor(
    folder: string,
    { asked, mostBytes, settled }: { asked: Asked; mostBytes: number; settled: (images: number) => void },
  ) {
    this.#folder = folder;
    this.#asked = asked;
    this.#mostBytes = mostBytes;
    this.#settled = settled;
  }

  get studyInstanceUID(): string {
    return this.#asked.studyInstanceUID;
  }

  /** Bytes that came in this fetch. */
  get bytes(): number {
    return this.#bytes;
  }

  has(sopInstanceUID: string): boolean {
    return existsSync(join(this.#folder, nameOf(sopInstanceUID)));
  }

  /**
   * Takes one image: `write` puts its bytes (PS3.10) into a new file. It stays where it is what was asked for, and is removed
   * otherwise. Throws what `write` throws, `pacs-endless`, and what `assertAsked` does.
   */
  async take(image: ImageAsked, write: (file: string) => Promise<void>): Promise<void> {
    const part = join(this.#folder, `.${randomUUID()}.part`);
    try {
      await write(part);
      await assertAsked(part, { ...this.#asked, ...image });
      const { size } = await stat(part);
      if (this.#bytes + size > this.#mostBytes) throw pacsError('pacs-endless');
      await rename(part, join(this.#folder, nameOf(image.sopInstanceUID)));
      this.#bytes += size;
      this.#images += 1;
      this.#settled(this.#images);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }
}
