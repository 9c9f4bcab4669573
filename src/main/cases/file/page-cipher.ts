import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

/**
 * SQLCipher's page format, version 4 (https://www.zetetic.net/sqlcipher/design/), as SQLite3 Multiple Ciphers writes it:
 * AES-256-CBC, at the end of each page its IV and an HMAC-SHA512 over content, IV and page number (little-endian). The first
 * page begins with the salt of the file and leaves bytes 16 to 23 of SQLite's header readable.
 */
export const PAGE_BYTES = 4096;
const IV_BYTES = 16;
const MAC_BYTES = 64;
const CONTENT_BYTES = PAGE_BYTES - IV_BYTES - MAC_BYTES;
const SALT_BYTES = 16;
const PLAIN_HEADER_END = 24;
/** Page size 4096, write-ahead log in reading and writing, 80 bytes kept free, and SQLite's three constants. */
const PLAIN_HEADER = Buffer.from([0x10, 0x00, 0x02, 0x02, 0x50, 0x40, 0x20, 0x20]);
const MAC_SALT_MASK = 0x3a;
const MAC_KEY_ITERATIONS = 2;
/** SQLite's header (https://sqlite.org/fileformat.html, section 1.3). */
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;
/** SQLite never writes the page that holds the byte of its locks. */
export const LOCK_PAGE = 0x4000_0000 / PAGE_BYTES + 1;

export interface FileHeader {
  userVersion: number;
  applicationId: number;
}

/** The key of the HMACs of a file, from its first 16 bytes. */
export const macKeyOf = (key: Uint8Array, salt: Uint8Array): Uint8Array =>
  pbkdf2Sync(
    key,
    salt.map((octet) => octet ^ MAC_SALT_MASK),
    MAC_KEY_ITERATIONS,
    key.length,
    'sha512',
  );

/** Is page `number` (from 1) as it was written? */
export const isWholePage = (page: Uint8Array, number: number, macKey: Uint8Array): boolean => {
  if (page.length !== PAGE_BYTES) return false;
  const isFirst = number === 1;
  if (isFirst && !PLAIN_HEADER.equals(page.subarray(SALT_BYTES, PLAIN_HEADER_END))) return false;
  const last = Buffer.alloc(4);
  last.writeUInt32LE(number);
  const mac = createHmac('sha512', macKey)
    .update(page.subarray(isFirst ? PLAIN_HEADER_END : 0, CONTENT_BYTES + IV_BYTES))
    .update(last)
    .digest();
  return timingSafeEqual(mac, page.subarray(CONTENT_BYTES + IV_BYTES));
};

/** What the header says, or undefined where the key is another one or the page is damaged. */
export const readHeader = (firstPage: Uint8Array, key: Uint8Array): FileHeader | undefined => {
  if (!isWholePage(firstPage, 1, macKeyOf(key, firstPage.subarray(0, SALT_BYTES)))) return undefined;
  const iv = firstPage.subarray(CONTENT_BYTES, CONTENT_BYTES + IV_BYTES);
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  // Enough blocks for both numbers.
  const plain = decipher.update(firstPage.subarray(PLAIN_HEADER_END, PLAIN_HEADER_END + 64));
  return {
    userVersion: plain.readUInt32BE(USER_VERSION_AT - PLAIN_HEADER_END),
    applicationId: plain.readUInt32BE(APPLICATION_ID_AT - PLAIN_HEADER_END),
  };
};
