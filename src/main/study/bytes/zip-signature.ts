/** A zip begins with a local file header, or with the end record where it is empty (APPNOTE.TXT 4.3). */
export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
