import { type FileHandle, open, rename } from 'node:fs/promises';

/** NumPy format 1.0 with a header of fixed length, so that the count can be written when it is known (NEP 1). */
const HEADER_BYTES = 128;
const PREFIX_BYTES = 10;

const npyHeader = (descr: '<f4' | '<f8', shape: readonly number[]): Buffer => {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const header = Buffer.alloc(HEADER_BYTES, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(HEADER_BYTES - PREFIX_BYTES, 8);
  header.write(text, PREFIX_BYTES, 'latin1');
  header.write('\n', HEADER_BYTES - 1, 'latin1');
  return header;
};

/**
 * Writes an `.npy` array item by item: memory holds one item, whatever the length. The file has a `.part` name until
 * `finish`, so that an interrupted run leaves nothing that looks whole.
 */
export class NpyWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #descr: '<f4' | '<f8';
  readonly #itemShape: readonly number[];
  #count = 0;

  private constructor(path: string, file: FileHandle, descr: '<f4' | '<f8', itemShape: readonly number[]) {
    this.#path = path;
    this.#file = file;
    this.#descr = descr;
    this.#itemShape = itemShape;
  }

  /** `itemShape`: shape of one appended item; the array's shape is [count, …itemShape]. Images of patients: for their owner alone. */
  static async create(path: string, descr: '<f4' | '<f8', itemShape: readonly number[]): Promise<NpyWriter> {
    const file = await open(`${path}.part`, 'w', 0o600);
    await file.write(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return new NpyWriter(path, file, descr, itemShape);
  }

  get shape(): number[] {
    return [this.#count, ...this.#itemShape];
  }

  async append(item: Float32Array | Float64Array): Promise<void> {
    const expected = this.#itemShape.reduce((product, n) => product * n, 1);
    const bytesPerValue = this.#descr === '<f4' ? 4 : 8;
    if (item.length !== expected || item.BYTES_PER_ELEMENT !== bytesPerValue) {
      throw new RangeError(`${item.length} values of ${item.BYTES_PER_ELEMENT} bytes; the array takes ${expected}`);
    }
    const position = HEADER_BYTES + this.#count * item.byteLength;
    await this.#file.write(new Uint8Array(item.buffer, item.byteOffset, item.byteLength), 0, item.byteLength, position);
    this.#count++;
  }

  async finish(): Promise<void> {
    await this.#file.write(npyHeader(this.#descr, this.shape), 0, HEADER_BYTES, 0);
    await this.#file.close();
    await rename(`${this.#path}.part`, this.#path);
  }

  /** Gives the file up; its `.part` stays for whoever looks for the cause. */
  async abandon(): Promise<void> {
    await this.#file.close();
  }
}
