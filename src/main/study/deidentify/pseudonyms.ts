/**
 * Replacements that are the same for the same original and cannot be led back without the site's key: HMAC-SHA-256.
 * A second export of a patient joins the first one.
 */
import { createHmac } from 'node:crypto';
import { uidOfDigest } from '../encode/uid.ts';

/** Shorter keys could be found by trying. */
const leastKeyBytes = 16;
/** Dates move back by one day to ten years. */
const mostShiftDays = 3650;
const base32 = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789';

export interface Pseudonyms {
  /** For Patient's Name and Patient ID. */
  patient: string;
  /** Whole days, negative. */
  shiftDays: number;
  uid(original: string): string;
}

/** UIDs that DICOM itself defines name classes and syntaxes, no object of a patient. */
const isDefinedByDicom = (uid: string): boolean => uid.startsWith('1.2.840.10008.');

/** `subject` tells patients apart: see `subjectOf`. */
export const pseudonymsFor = (key: Uint8Array, subject: string): Pseudonyms => {
  if (key.length < leastKeyBytes) throw new RangeError(`the key has ${key.length} bytes, ${leastKeyBytes} are needed`);
  const digest = (purpose: string, text: string): Buffer =>
    createHmac('sha256', key).update(`${purpose}\0${text}`).digest();
  const name = [...digest('patient', subject).subarray(0, 10)].map((byte) => base32[byte % 32]).join('');
  return {
    patient: `HC-${name}`,
    shiftDays: -1 - (digest('shift', subject).readUInt32BE(0) % mostShiftDays),
    uid: (original) => {
      if (original === '' || isDefinedByDicom(original)) return original;
      return uidOfDigest(digest('uid', original));
    },
  };
};
