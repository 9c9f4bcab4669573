import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fileKeyOf, isWholePage, LOCK_PAGE, macKeyOf, PAGE_BYTES, SALT_BYTES, underKey } from '../file/page-cipher.ts';
import type { SliceOptions } from '../sql/in-slices.ts';
import { damagedFile } from '../sql/record-errors.ts';
import { mendPage } from './mend-page.ts';
import type { VerifyingStep } from './verify-records.ts';

const PAGES_AT_ONCE = 128;
const COPIED_AT_ONCE = 1 << 20;
const readPart = promisify(read);

export interface PageCopyOptions extends SliceOptions<VerifyingStep> {
  /** The copy is written under this one instead of the file's own. */
  underKey?: Uint8Array | undefined;
}

/**
 * A file's pages, each held to its own HMAC: any byte that is not as it was written is found, in pages that hold nothing
 * too. Its handle stays open until the store is closed: on POSIX systems closing one would give up the lock that SQLite
 * holds on the same file (https://sqlite.org/howtocorrupt.html, section 2.2).
 */
export class PageScan {
  readonly #handle: number;
  readonly #key: Uint8Array;

  constructor(file: string, key: Uint8Array) {
    this.#handle = openSync(file, 'r');
    this.#key = key;
  }

  /**
   * The numbers of damaged pages, from 1. The file must not be ahead of its log. A step is short and synchronous, so that
   * no save falls into it.
   */
  *damaged(): Generator<VerifyingStep, number[]> {
    const damaged: number[] = [];
    const macKey = this.#macKey();
    const buffer = new Uint8Array(PAGES_AT_ONCE * PAGE_BYTES);
    for (let done = 0, total = this.#size(); done < total; total = this.#size()) {
      const bytes = readSync(this.#handle, buffer, 0, buffer.length, done);
      for (let at = 0; at < bytes; at += PAGE_BYTES) {
        const number = (done + at) / PAGE_BYTES + 1;
        const page = buffer.subarray(at, Math.min(at + PAGE_BYTES, bytes));
        if (number !== LOCK_PAGE && !isWholePage(page, number, macKey)) damaged.push(number);
      }
      done += buffer.length;
      yield { done: Math.min(done, total), total };
    }
    return damaged;
  }

  /**
   * Copies the file, byte for byte or page for page under another key, to a new one that only its owner reads, without holding
   * up whatever else is to be done. The file must not change meanwhile.
   */
  async copyTo(target: string, { signal, onStep, underKey: key }: PageCopyOptions = {}): Promise<void> {
    const total = this.#size();
    const buffer = Buffer.alloc(COPIED_AT_ONCE);
    const written = key === undefined ? (bytes: Buffer) => bytes : this.#rewriter(key);
    const copy = await open(target, 'wx', 0o600);
    try {
      for (let done = 0; done < total; ) {
        const { bytesRead } = await readPart(this.#handle, buffer, 0, buffer.length, done);
        if (bytesRead === 0) throw damagedFile('cut off while it was copied');
        await copy.writeFile(written(buffer.subarray(0, bytesRead), done / PAGE_BYTES));
        done += bytesRead;
        onStep?.({ done, total });
        signal?.throwIfAborted();
      }
      await copy.sync();
    } finally {
      await copy.close();
    }
  }

  /** What a damaged one was, where only one bit of it is wrong. */
  mended(number: number): Uint8Array | undefined {
    const page = new Uint8Array(PAGE_BYTES);
    readSync(this.#handle, page, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES);
    return mendPage(page, number, this.#macKey());
  }

  close(): void {
    closeSync(this.#handle);
  }

  #size(): number {
    return fstatSync(this.#handle).size;
  }

  /** Writes pages under another key, those of a part of the file that begins after so many. */
  #rewriter(key: Uint8Array): (bytes: Buffer, before: number) => Buffer {
    const [from, to] = [fileKeyOf(this.#key, this.#salt()), fileKeyOf(key, randomBytes(SALT_BYTES))];
    return (bytes, before) => {
      const pages = Array.from({ length: Math.ceil(bytes.length / PAGE_BYTES) }, (_, index) => {
        const [page, number] = [bytes.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES), before + index + 1];
        if (number === LOCK_PAGE) return page;
        if (!isWholePage(page, number, from.macKey)) throw damagedFile(`page ${number} is damaged`);
        return underKey(page, number, from, to);
      });
      return Buffer.concat(pages);
    };
  }

  #macKey(): Uint8Array {
    return macKeyOf(this.#key, this.#salt());
  }

  #salt(): Uint8Array {
    const salt = new Uint8Array(SALT_BYTES);
    readSync(this.#handle, salt, 0, SALT_BYTES, 0);
    return salt;
  }
}
