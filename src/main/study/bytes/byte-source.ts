/** Bytes of one file or archive entry. */
export interface ByteSource {
  /** Path relative to what was opened. */
  file: string;
  /** Bytes in all. */
  size: number;
  /** The first `length` bytes, fewer only where the file has no more. The result is valid until the next call. */
  head(length: number): Promise<Uint8Array>;
  /** Exactly `length` bytes at `offset`, in a buffer of their own. Throws a `Refusal` where the file has fewer. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
