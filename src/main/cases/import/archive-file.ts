import type { FileHandle } from 'node:fs/promises';
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { type Span, SpanReader } from '../../study/archive/zip-span.ts';
import { isOpensslFile, OPENSSL_HEADER_BYTES } from '../export/openssl-file.ts';

export const zipOptions = { autoClose: false, strictFileNames: true, validateEntrySizes: true } as const;

/** An export as this program names it, in what a browser saved: with the text on how to open it. */
const EXPORT_NAME = /^haicast-export-[\dTZ-]+\.zip(\.enc)?$/;
const STORED = 0;

/** Does the span begin as an encrypted export does? */
export const isEncrypted = async (handle: FileHandle, { start }: Span): Promise<boolean> => {
  const head = Buffer.alloc(OPENSSL_HEADER_BYTES);
  await handle.read(head, 0, head.length, start);
  return isOpensslFile(head);
};

/** The handle stays open when a reader of it is closed. */
class KeptOpenReader extends SpanReader {
  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

export const zipIn = (handle: FileHandle, span: Span): Promise<ZipFile> =>
  fromRandomAccessReaderPromise(new KeptOpenReader(handle, span), span.end - span.start, zipOptions);

const withinZip = async (zip: ZipFile): Promise<Entry | undefined> => {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    // An export itself has more files than a browser wraps it in.
    if (entries.push(entry) > 2) return undefined;
  }
  return entries.find(({ fileName, compressionMethod }) => compressionMethod === STORED && EXPORT_NAME.test(fileName));
};

/**
 * Where in a file an export lies: the whole of it, or, in the zip that a browser saved, the file that is stored in there as it is.
 * Throws where it is neither encrypted nor a zip.
 */
export const spanOfExport = async (handle: FileHandle): Promise<Span> => {
  const whole: Span = { start: 0, end: (await handle.stat()).size };
  if (await isEncrypted(handle, whole)) return whole;
  const zip = await zipIn(handle, whole);
  try {
    const entry = await withinZip(zip);
    if (!entry) return whole;
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return { start: fileDataStart, end: fileDataStart + entry.compressedSize };
  } finally {
    zip.close();
  }
};
