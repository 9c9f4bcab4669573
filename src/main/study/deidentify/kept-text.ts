/**
 * Short text (SH, LO) that table E.1-1 does not name and that stays: what tells roles and pixel values, and what the
 * definitions of MR images require (PS3.3 C.8.3, C.8.13, C.7.6.16). A scanner or a coding scheme writes it. Everything
 * else of these representations may be a name, an order number or a device, and goes.
 */
import { tagsOf } from './tag-table.ts';

const table = `
  0008: 0070 0100 0101 0102 0103 0104 1090
  0010: 2201 2292
  0018: 0024 0085 1020 1040 1061 1250 1251 9005 9041 9047 9050 9175
  0020: 1040 9056 9213 9238 9421
  0028: 1054 1055 3003 3004
  0040: 9210`;

/** Tag numbers (group × 65536 + element). */
export const keptShortText: ReadonlySet<number> = new Set(tagsOf(table));
