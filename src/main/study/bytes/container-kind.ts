/** What a file is that holds other files, by its first bytes and never by its name. */

export type ContainerKind = '7z' | 'rar' | 'iso' | 'tar' | 'gzip' | 'bzip2' | 'xz' | 'zstd';

const signatures: readonly { kind: ContainerKind; at: number; bytes: readonly number[] }[] = [
  { kind: '7z', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: 'rar', at: 0, bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { kind: 'gzip', at: 0, bytes: [0x1f, 0x8b, 0x08] },
  { kind: 'bzip2', at: 0, bytes: [0x42, 0x5a, 0x68] },
  { kind: 'xz', at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { kind: 'zstd', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  // `ustar` of POSIX.1-1988 and of GNU tar.
  { kind: 'tar', at: 257, bytes: [0x75, 0x73, 0x74, 0x61, 0x72] },
  // `CD001` of the first volume descriptor (ECMA-119 8.1), in sector 16.
  { kind: 'iso', at: 32769, bytes: [0x43, 0x44, 0x30, 0x30, 0x31] },
];

/** As many bytes as any of the signatures needs. */
export const containerHeadBytes = 32774;

export const containerKind = (head: Uint8Array): ContainerKind | undefined =>
  signatures.find(({ at, bytes }) => bytes.every((byte, i) => head[at + i] === byte))?.kind;
