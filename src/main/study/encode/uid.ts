import { createHash } from 'node:crypto';

/** PS3.5 B.2: 2.25 and a number of at most 128 bits, here the first of a digest. */
export const uidOfDigest = (digest: Uint8Array): string =>
  `2.25.${BigInt(`0x${Buffer.from(digest.subarray(0, 16)).toString('hex')}`)}`;

/** The same for the same parts, and nobody can tell from it what they were where one of them is random. */
export const uidOf = (...parts: readonly string[]): string =>
  uidOfDigest(createHash('sha256').update(parts.join('\0')).digest());

/** A UUID of such a digest, version 8 (RFC 9562 5.8): its bits are the maker's own. */
export const uuidOf = (...parts: readonly string[]): string => {
  const digest = createHash('sha256').update(parts.join('\0')).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
