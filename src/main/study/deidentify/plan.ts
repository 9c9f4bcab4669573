/** From a dataset to the dataset that leaves, element by element, with what changes and why. Pure. */

import type { DeidentifyAction, DeidentifyOptions } from '#shared/study/deidentify.ts';
import {
  deidentifyReason as because,
  type DeidentifyWarning,
  deidentifyWarning,
} from '#shared/study/messages/deidentify.ts';
import { tagNumber } from '../scan/attributes.ts';
import { trimPadding } from '../scan/values.ts';
import type { DecodeText } from '../text/character-set.ts';
import { cleanDescription } from './clean-text.ts';
import { shifted } from './dates.ts';
import { type Decision, decideElement } from './decide.ts';
import { holdsIdentity, identityWords } from './identity-words.ts';
import { methodCodes } from './options.ts';
import { decoderOf } from './own-text.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { isSafeCreator, isSafePrivate } from './safe-private.ts';
import type { DatasetTree, TreeElement } from './tree.ts';

export interface PlannedElement {
  element: TreeElement;
  decision: Decision;
  /** New value as text; absent where the element goes or its bytes stay as they are. */
  replacement?: string;
  /** Of a sequence that stays. */
  items?: PlannedElement[][];
}

export interface DatasetPlan {
  elements: PlannedElement[];
  warnings: DeidentifyWarning[];
}

const text = (value: Uint8Array): string => trimPadding(Buffer.from(value).toString('latin1'));

/** Dummy values by representation: harmless, valid, and recognisable as such. */
const dummies: Record<string, string> = {
  AE: 'REMOVED',
  AS: '000D',
  DA: '19000101',
  DT: '19000101000000',
  LO: 'REMOVED',
  LT: 'REMOVED',
  PN: 'REMOVED',
  SH: 'REMOVED',
  ST: 'REMOVED',
  TM: '000000',
  UC: 'REMOVED',
  UT: 'REMOVED',
};

/** PS3.15 E.3.7 note: ages of 90 and above are so rare that they point at a person. */
const cappedAge = (age: string): string => {
  const match = /^(\d{3})Y$/.exec(age);
  return match && Number(match[1]) > 89 ? '090Y' : age;
};

interface Context {
  options: DeidentifyOptions;
  pseudonyms: Pseudonyms;
  decode: DecodeText;
  identity: ReadonlySet<string>;
  isNested: boolean;
}

/** Representations whose values people type or that a character set applies to. */
const textual = new Set(['AE', 'LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UR', 'UT']);
/** A code by its definition, and typed at many a console. Other codes must stay what they are to be an image. */
const typedCode = 'BodyPartExamined';
/** Never typed by a person, whatever words an institution or patient shares with a maker. */
const writtenByTheScanner = new Set(['Manufacturer', 'ManufacturerModelName', 'SoftwareVersions']);
const characterSetTag = tagNumber(0x0008, 0x0005);

/** The new text for an action; `undefined` where the element must go instead, since its value cannot be made safe. */
const newText = (
  action: DeidentifyAction,
  element: TreeElement,
  { pseudonyms, decode, identity }: Context,
): string | undefined => {
  switch (action) {
    case 'pseudonym':
      return pseudonyms.patient;
    case 'uid':
      return text(element.value).split('\\').map(pseudonyms.uid).join('\\');
    case 'shift':
      return element.vr === 'DA' || element.vr === 'DT'
        ? shifted(text(element.value), element.vr, pseudonyms.shiftDays)
        : undefined;
    case 'clean':
      return cleanDescription(decode(element.value, element.vr), identity);
    case 'age':
      return cappedAge(text(element.value));
    case 'dummy':
      return dummies[element.vr];
    default:
      return undefined;
  }
};

/** Emptied instead of removed where a value cannot be kept: these are required to be there (type 2, PS3.3). */
const mayBeEmpty = new Set(['StudyDate', 'StudyTime', 'ContentDate', 'ContrastBolusAgent']);

/** What stays is written in UTF-8, and only where it holds nothing of the patient's identity. */
const kept = (element: TreeElement, decision: Decision, { decode, identity, isNested }: Context): PlannedElement => {
  if (element.tag === characterSetTag && isNested) {
    return { element, decision: { action: 'remove', reason: because('character-set') } };
  }
  if (!textual.has(element.vr) && element.keyword !== typedCode) return { element, decision };
  const decoded = decode(element.value, element.vr);
  if (!writtenByTheScanner.has(element.keyword) && holdsIdentity(decoded, identity)) {
    const reason = because('holds-identity');
    return { element, decision: { action: 'dummy', reason }, replacement: 'REMOVED' };
  }
  const isAscii = element.value.every((byte) => byte < 0x80 && byte !== 0x1b);
  return isAscii ? { element, decision } : { element, decision, replacement: trimPadding(decoded) };
};

const planElement = (element: TreeElement, decision: Decision, context: Context): PlannedElement => {
  const { action } = decision;
  if (action === 'remove' || action === 'empty') return { element, decision };
  if (element.items) {
    if (action === 'items' || action === 'keep') {
      return {
        element,
        decision,
        items: element.items.map((item) =>
          planDataset(item, { ...context, decode: decoderOf(item, context.decode), isNested: true }),
        ),
      };
    }
    return { element, decision: { action: 'remove', reason: decision.reason } };
  }
  if (action === 'items') {
    // Said to be a sequence and not readable as one.
    return { element, decision: { action: 'remove', reason: because('not-readable') } };
  }
  if (action === 'keep') return kept(element, decision, context);
  if (element.value.length === 0 && action !== 'pseudonym')
    return { element, decision: { action: 'keep', reason: because('is-empty') } };
  const replacement = newText(action, element, context);
  if (replacement !== undefined) return { element, decision, replacement };
  const reason = because('nothing-left');
  return { element, decision: { action: mayBeEmpty.has(element.keyword) ? 'empty' : 'remove', reason } };
};

/** Private elements stay only with the option, by their creator, and never as sequences or text. */
const decidePrivate = (tag: number, creators: ReadonlyMap<number, string>, options: DeidentifyOptions): Decision => {
  const group = Math.floor(tag / 0x10000);
  const element = tag % 0x10000;
  const isCreator = element >= 0x10 && element <= 0xff;
  const creator = creators.get(isCreator ? tag : group * 0x10000 + Math.floor(element / 0x100));
  if (options.safePrivate && creator !== undefined) {
    if (isCreator ? isSafeCreator(creator, group) : isSafePrivate(creator, group, element)) {
      return { action: 'keep', reason: because('safe-private') };
    }
  }
  return { action: 'remove', reason: because('profile-private') };
};

const numeric = new Set(['DS', 'FD', 'FL', 'IS', 'SL', 'SS', 'UL', 'US', 'UN']);

const planDataset = (elements: readonly TreeElement[], context: Context): PlannedElement[] => {
  const creators = new Map(
    elements.filter(({ tag }) => isPrivate(tag) && tag % 0x10000 <= 0xff).map(({ tag, value }) => [tag, text(value)]),
  );
  return elements.map((element) => {
    if (!isPrivate(element.tag)) {
      const { tag, vr, keyword } = element;
      return planElement(element, decideElement(tag, vr, keyword, context.options), context);
    }
    const decision = decidePrivate(element.tag, creators, context.options);
    const isCreator = element.tag % 0x10000 <= 0xff;
    const isSafeKind = isCreator || (numeric.has(element.vr) && element.items === undefined);
    return { element, decision: isSafeKind ? decision : { action: 'remove', reason: because('profile-private') } };
  });
};

const isPrivate = (tag: number): boolean => Math.floor(tag / 0x10000) % 2 === 1;

const valueOfKeyword = (elements: readonly TreeElement[], keyword: string): string => {
  const element = elements.find((candidate) => candidate.keyword === keyword);
  return element ? text(element.value) : '';
};

/** What the pixels themselves may show of a patient: no rule about elements finds that. */
const pixelWarnings = (elements: readonly TreeElement[]): DeidentifyWarning[] => {
  const burnedIn = valueOfKeyword(elements, 'BurnedInAnnotation').toUpperCase();
  const conversion = valueOfKeyword(elements, 'ConversionType').toUpperCase();
  const isCapture =
    valueOfKeyword(elements, 'SOPClassUID').startsWith('1.2.840.10008.5.1.4.1.1.7') || conversion !== '';
  const warnings: DeidentifyWarning[] = [];
  if (burnedIn === 'YES') warnings.push(deidentifyWarning('burned-in'));
  else if (isCapture && burnedIn !== 'NO') {
    warnings.push(deidentifyWarning('capture'));
  }
  if (valueOfKeyword(elements, 'RecognizableVisualFeatures').toUpperCase() === 'YES') {
    warnings.push(deidentifyWarning('recognisable'));
  }
  return warnings;
};

const patient: readonly Omit<TreeElement, 'value'>[] = [
  { tag: tagNumber(0x0010, 0x0010), vr: 'PN', keyword: 'PatientName' },
  { tag: tagNumber(0x0010, 0x0020), vr: 'LO', keyword: 'PatientID' },
];

/** A copy always has a patient, even where the source names none: two copies without one would be taken for one person. */
const withPatient = (elements: readonly TreeElement[]): TreeElement[] => {
  const tags = new Set(patient.map(({ tag }) => tag));
  const found = new Map(elements.map((element) => [element.tag, element]));
  const own = patient.map((element) => ({ ...element, value: found.get(element.tag)?.value ?? new Uint8Array(0) }));
  return [...elements.filter(({ tag }) => !tags.has(tag)), ...own].sort((a, b) => a.tag - b.tag);
};

/** The plan for one file. */
export const planDeidentification = (
  tree: Pick<DatasetTree, 'elements'>,
  pseudonyms: Pseudonyms,
  options: DeidentifyOptions,
): DatasetPlan => {
  return {
    elements: planDataset(withPatient(tree.elements), {
      options,
      pseudonyms,
      decode: decoderOf(tree.elements),
      identity: identityWords(tree.elements),
      isNested: false,
    }),
    warnings: pixelWarnings(tree.elements),
  };
};

/** Elements that say what was done (PS3.15 E.1, PS3.3 C.12.1.1.7). Written last, over whatever the file said before. */
export const declaration = (
  options: DeidentifyOptions,
): { tag: string; keyword: string; vr: string; value: string }[] => [
  { tag: '0008,0005', keyword: 'SpecificCharacterSet', vr: 'CS', value: 'ISO_IR 192' },
  { tag: '0012,0062', keyword: 'PatientIdentityRemoved', vr: 'CS', value: 'YES' },
  {
    tag: '0012,0063',
    keyword: 'DeidentificationMethod',
    vr: 'LO',
    value: methodCodes(options)
      .map(({ value }) => `DCM ${value}`)
      .join('\\'),
  },
  {
    tag: '0028,0303',
    keyword: 'LongitudinalTemporalInformationModified',
    vr: 'CS',
    value: options.modifiedDates ? 'MODIFIED' : 'REMOVED',
  },
];
