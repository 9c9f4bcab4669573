import { isWholePage, PAGE_BYTES } from '../file/page-cipher.ts';

const BITS = 8;

/**
 * A page in which one bit is wrong, which is how memories and disks mostly fail, as it was: the one change after which its
 * HMAC fits. No other change could make it fit. Undefined where more is wrong. About a third of a second.
 */
export const mendPage = (page: Uint8Array, number: number, macKey: Uint8Array): Uint8Array | undefined => {
  const tried = Uint8Array.from(page);
  for (let at = 0; at < PAGE_BYTES; at++) {
    const before = page[at] ?? 0;
    for (let bit = 0; bit < BITS; bit++) {
      tried[at] = before ^ (1 << bit);
      if (isWholePage(tried, number, macKey)) return tried;
    }
    tried[at] = before;
  }
  return undefined;
};
