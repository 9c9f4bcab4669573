/** What happens to one element, and why. Pure: the plan, the screen and the writer all go by it. */
import type { DeidentifyAction, DeidentifyOptions } from '#shared/study/deidentify.ts';
import { deidentifyReason as because, type DeidentifyReason } from '#shared/study/messages/deidentify.ts';
import { tagNumber } from '../scan/attributes.ts';
import { basicProfile, type ProfileCode } from './basic-profile.ts';
import { keptShortText } from './kept-text.ts';

export interface Decision {
  action: DeidentifyAction;
  /** Rule that decided, e.g. table E.1-1 with its code. */
  reason: DeidentifyReason;
}

/** Cleaned instead of removed with the Clean Descriptors option (column of table E.1-1). */
const descriptors: ReadonlySet<number> = new Set([
  tagNumber(0x0008, 0x1030), // Study Description
  tagNumber(0x0008, 0x103e), // Series Description
  tagNumber(0x0018, 0x0010), // Contrast/Bolus Agent
  tagNumber(0x0018, 0x1030), // Protocol Name
  tagNumber(0x0018, 0x9423), // Acquisition Protocol Name, typed as the protocol's is; not in the table
]);

/** Kept or moved with the Modified Dates option (column of table E.1-1): what places images in time. */
const temporal: ReadonlySet<number> = new Set([
  tagNumber(0x0008, 0x0012), // Instance Creation Date
  tagNumber(0x0008, 0x0013),
  tagNumber(0x0008, 0x0020), // Study Date
  tagNumber(0x0008, 0x0021), // Series Date
  tagNumber(0x0008, 0x0022), // Acquisition Date
  tagNumber(0x0008, 0x0023), // Content Date
  tagNumber(0x0008, 0x002a), // Acquisition DateTime
  tagNumber(0x0008, 0x0030), // Study Time
  tagNumber(0x0008, 0x0031),
  tagNumber(0x0008, 0x0032),
  tagNumber(0x0008, 0x0033),
  tagNumber(0x0018, 0x1042), // Contrast/Bolus Start Time
  tagNumber(0x0018, 0x1043),
  tagNumber(0x0018, 0x9074), // Frame Acquisition DateTime
  tagNumber(0x0018, 0x9151), // Frame Reference DateTime
]);

const characteristics: ReadonlySet<number> = new Set([
  tagNumber(0x0010, 0x0040), // Sex
  tagNumber(0x0010, 0x1020), // Size
  tagNumber(0x0010, 0x1030), // Weight
]);
const patientAge = tagNumber(0x0010, 0x1010);
const patientName = tagNumber(0x0010, 0x0010);
const patientId = tagNumber(0x0010, 0x0020);

/** Type 2 in Enhanced MR (PS3.3 C.7.6.14): may be empty, not absent. */
const acquisitionContext = tagNumber(0x0040, 0x0555);

/** Type 1 in Enhanced MR (PS3.3 C.7.5.2, C.8.13.1), so that they may not be absent there. */
const requiredInEnhanced: ReadonlySet<number> = new Set([
  tagNumber(0x0008, 0x002a), // Acquisition DateTime
  tagNumber(0x0018, 0x1000), // Device Serial Number
]);

/**
 * Compound codes for MR images (PS3.3 C.7, C.8.3, C.8.13): what the object's definition lets be absent is removed, what
 * it requires to be there is emptied. Sequences of references keep their items, whose UIDs are replaced.
 */
const resolveCode = (tag: number, code: ProfileCode): DeidentifyAction => {
  switch (code) {
    case 'X':
    case 'X/D':
      return 'remove';
    case 'X/Z/D':
      return requiredInEnhanced.has(tag) ? 'dummy' : 'remove';
    case 'Z':
    case 'Z/D':
    case 'X/Z':
      return 'empty';
    case 'D':
      return 'dummy';
    case 'U':
      return 'uid';
    case 'X/Z/U*':
      return 'items';
  }
};

const freeText: ReadonlySet<string> = new Set(['LT', 'ST', 'UT', 'UC', 'PN']);
/** Names, order numbers, device IDs: whatever short text `kept-text.ts` does not list. */
const shortText: ReadonlySet<string> = new Set(['LO', 'SH']);
/** Servers and devices of the hospital, with a patient's UIDs and ID in the addresses. */
const addresses: ReadonlySet<string> = new Set(['UR', 'AE']);
/** Bytes of unknown content: signatures, encrypted originals, keys of records. */
const opaque: ReadonlySet<string> = new Set(['OB', 'UN']);

/** Holds the encrypted originals of what was removed once before, for whoever has the key. */
const encryptedAttributes = tagNumber(0x0400, 0x0500);

const byOptions = (tag: number, vr: string, options: DeidentifyOptions): Decision | undefined => {
  if (options.cleanDescriptors && descriptors.has(tag))
    return { action: 'clean', reason: because('clean-descriptors') };
  if (options.modifiedDates && temporal.has(tag)) {
    return { action: vr === 'TM' ? 'keep' : 'shift', reason: because('modified-dates') };
  }
  if (!options.patientCharacteristics) return undefined;
  if (tag === patientAge) return { action: 'age', reason: because('patient-characteristics') };
  return characteristics.has(tag) ? { action: 'keep', reason: because('patient-characteristics') } : undefined;
};

/** Standard elements that table E.1-1 does not name. The profile keeps them; what could hold an identifier goes anyway. */
const unlisted = (tag: number, vr: string, keyword: string, options: DeidentifyOptions): Decision => {
  if (keyword === '') return { action: 'remove', reason: because('unknown-element') };
  if (tag === encryptedAttributes) return { action: 'remove', reason: because('not-readable') };
  if (vr === 'SQ') return { action: 'items', reason: because('not-listed') };
  if (vr === 'UI') return { action: 'uid', reason: because('not-listed-uid') };
  if (vr === 'DA' || vr === 'DT') {
    return { action: options.modifiedDates ? 'shift' : 'remove', reason: because('not-listed-date') };
  }
  if (opaque.has(vr)) return { action: 'remove', reason: because('not-readable') };
  if (addresses.has(vr)) return { action: 'remove', reason: because('not-listed-address') };
  if (shortText.has(vr) && !keptShortText.has(tag)) {
    return { action: 'remove', reason: because('not-listed-short-text') };
  }
  // A dummy, since the object's definition may require the element to have a value.
  if (freeText.has(vr)) return { action: 'dummy', reason: because('not-listed-free-text') };
  return { action: 'keep', reason: because('not-listed') };
};

const isRepeating = (group: number, first: number): boolean => group >= first && group <= first + 0xff;

/** Decides a standard element; private ones are decided by their creators, in `plan.ts`. */
export const decideElement = (tag: number, vr: string, keyword: string, options: DeidentifyOptions): Decision => {
  const group = Math.floor(tag / 0x10000);
  if (tag % 0x10000 === 0) return { action: 'remove', reason: because('group-length') };
  if (isRepeating(group, 0x5000)) return { action: 'remove', reason: because('profile-curves') };
  // Overlays may be drawings or typed text; without its data the rest of an overlay means nothing.
  if (isRepeating(group, 0x6000)) return { action: 'remove', reason: because('profile-overlays') };
  if (tag === patientName || tag === patientId) return { action: 'pseudonym', reason: because('profile-pseudonym') };
  const option = byOptions(tag, vr, options);
  if (option) return option;
  const code = basicProfile.get(tag);
  if (code === undefined) return unlisted(tag, vr, keyword, options);
  const action = resolveCode(tag, code);
  const reason = because('profile', { action: code });
  // An invented sequence would hold nothing, and an empty one is allowed only where the definition asks for it.
  if (vr === 'SQ' && (action === 'dummy' || (code === 'X/Z' && tag !== acquisitionContext))) {
    return { action: 'remove', reason };
  }
  return { action, reason };
};
