import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * SQLCipher's page format, version 4 (https://www.zetetic.net/sqlcipher/design/), as SQLite3 Multiple Ciphers writes it:
 * AES-256-CBC, at the end of each page its IV and an HMAC-SHA512 over content, IV and page number (little-endian). The first
 * page begins with the salt of the file and leaves bytes 16 to 23 of SQLite's header readable.
 */
export const PAGE_BYTES = 4096;
const IV_BYTES = 16;
const MAC_BYTES = 64;
const CONTENT_BYTES = PAGE_BYTES - IV_BYTES - MAC_BYTES;
export const SALT_BYTES = 16;
const BLOCK_BYTES = 16;
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

/** Where the encrypted part of a page begins. */
const contentStart = (number: number): number => (number === 1 ? PLAIN_HEADER_END : 0);

const macOf = (page: Uint8Array, number: number, macKey: Uint8Array): Buffer => {
  const last = Buffer.alloc(4);
  last.writeUInt32LE(number);
  const covered = page.subarray(contentStart(number), CONTENT_BYTES + IV_BYTES);
  return createHmac('sha512', macKey).update(covered).update(last).digest();
};

/** Does the readable part of the first page say what every history says there? */
export const looksWhole = (firstPage: Uint8Array): boolean =>
  PLAIN_HEADER.equals(firstPage.subarray(SALT_BYTES, PLAIN_HEADER_END));

/** Is page `number` (from 1) as it was written? */
export const isWholePage = (page: Uint8Array, number: number, macKey: Uint8Array): boolean => {
  if (page.length !== PAGE_BYTES) return false;
  if (number === 1 && !looksWhole(page)) return false;
  return timingSafeEqual(macOf(page, number, macKey), page.subarray(CONTENT_BYTES + IV_BYTES));
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

/** A key with what a file makes of it: the salt at its beginning, and the key of its HMACs. */
export interface FileKey {
  key: Uint8Array;
  salt: Uint8Array;
  macKey: Uint8Array;
}

export const fileKeyOf = (key: Uint8Array, salt: Uint8Array): FileKey => ({ key, salt, macKey: macKeyOf(key, salt) });

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((octet, index) => octet ^ (b[index] ?? 0)));

const blockCipher = (key: Uint8Array) => createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
const blockDecipher = (key: Uint8Array) => createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);

/** CBC-CS3: of the last two blocks the second comes first, and only the beginning of the first is written. */
const decrypted = (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Buffer => {
  const rest = bytes.length % BLOCK_BYTES;
  const whole = rest === 0 ? bytes.length : bytes.length - rest - BLOCK_BYTES;
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const head = decipher.update(bytes.subarray(0, whole));
  if (rest === 0) return head;
  const stolen = bytes.subarray(whole + BLOCK_BYTES);
  const inner = blockDecipher(key).update(bytes.subarray(whole, whole + BLOCK_BYTES));
  const first = Buffer.concat([stolen, inner.subarray(rest)]);
  const before = whole === 0 ? iv : bytes.subarray(whole - BLOCK_BYTES, whole);
  return Buffer.concat([head, xor(blockDecipher(key).update(first), before), xor(inner.subarray(0, rest), stolen)]);
};

const encrypted = (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Buffer => {
  const rest = bytes.length % BLOCK_BYTES;
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const head = cipher.update(bytes.subarray(0, bytes.length - rest));
  if (rest === 0) return head;
  const first = head.subarray(head.length - BLOCK_BYTES);
  const last = Buffer.concat([bytes.subarray(bytes.length - rest), Buffer.alloc(BLOCK_BYTES - rest)]);
  const second = blockCipher(key).update(xor(last, first));
  return Buffer.concat([head.subarray(0, head.length - BLOCK_BYTES), second, first.subarray(0, rest)]);
};

/** A whole page with the same content under another key, a new IV, and, in the first page, another salt. */
export const underKey = (page: Uint8Array, number: number, from: FileKey, to: FileKey): Buffer => {
  const start = contentStart(number);
  const written = Buffer.from(page);
  if (number === 1) written.set(to.salt, 0);
  const content = decrypted(
    from.key,
    page.subarray(CONTENT_BYTES, CONTENT_BYTES + IV_BYTES),
    page.subarray(start, CONTENT_BYTES),
  );
  const iv = randomBytes(IV_BYTES);
  written.set(encrypted(to.key, iv, content), start);
  written.set(iv, CONTENT_BYTES);
  written.set(macOf(written, number, to.macKey), CONTENT_BYTES + IV_BYTES);
  return written;
};
