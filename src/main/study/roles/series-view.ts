/** One series as the rules see it: its facts read once, so that rules compare values and never parse them. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { number, text, texts } from '../series/fact-values.ts';
import { type ImageKind, imageKind, imageTypeValues } from '../series/image-kind.ts';
import { isOriented, type Plane, planeOf, readOrientation } from '../series/plane.ts';
import { scanningSequence } from '../series/scanning-sequence.ts';
import { fieldStrengthT } from '../series/study-patient.ts';
import { contrastGiven } from './contrast-agent.ts';
import type { PhaseRole } from './evidence.ts';
import { delaysInName } from './vocabulary/delay-words.ts';
import { dixonPartInName, type EchoName, echoInName, fatSuppressionWords } from './vocabulary/echo-words.ts';
import { normaliseName } from './vocabulary/normalise-name.ts';
import { dynamicWords, phaseWords, postWords } from './vocabulary/phase-words.ts';
import { planeInName } from './vocabulary/plane-words.ts';
import {
  inversionWords,
  singleShotT2Words,
  t1GradientEchoWords,
  t1Words,
  t2Words,
  turboSpinEchoWords,
} from './vocabulary/sequence-words.ts';

export interface NamedPhases {
  roles: PhaseRole[];
  /** Those of them that are named only by a code with other meanings, such as AP. */
  codes: PhaseRole[];
  /** Delays in seconds written into the name. */
  delays: number[];
  post: boolean;
  dynamic: boolean;
  /** `Ph2/…`, `2nd`, `phase 3`: one-based place in a dynamic series. */
  ordinal?: number;
}

/** What the images of a stack tell beyond its facts. */
export interface StackHints {
  /** Fewer slices than the other parts of its series: taken again, or stopped early. */
  fragment?: boolean;
  /** Its slices differ in contrast state, or nothing tells whether they do. */
  mixed?: boolean;
}

export interface SeriesView extends StackHints {
  index: number;
  facts: SeriesFacts;
  /** SeriesDescription as written, for reasons. */
  description: string;
  /** Normalised SeriesDescription, or ProtocolName where there is none. */
  name: string;
  /** Normalised ProtocolName and SequenceName: hints about the sequence only. */
  protocol: string;
  imageType: string[];
  kind?: ImageKind;
  /** Dixon part or echo that the header or the name says this is. */
  part?: 'water' | 'fat';
  echo?: EchoName;
  plane?: Plane;
  echoTime?: number;
  repetitionTime?: number;
  fieldT?: number;
  echoTrain?: number;
  scanning: string[];
  fatSuppressed: boolean;
  contrast?: boolean;
  phases: NamedPhases;
  says: { t1: boolean; t1Gradient: boolean; t2: boolean; singleShot: boolean; turbo: boolean; inversion: boolean };
}

const ordinalWords =
  /\bph(?:ase)?\s?(\d)\b|\b(\d)(?:st|nd|rd|th)\b|\bacq\s?(\d)\b|\bdyn\w*\s?(\d)\b(?! ?(?:s|m|mm|min|sec|d)\b)|第([1-6一二三四五六])期/;

const readPhases = (name: string): NamedPhases => {
  let rest = name;
  const roles: PhaseRole[] = [];
  const codes: PhaseRole[] = [];
  for (const word of phaseWords) {
    const remaining = rest.replace(word.pattern, ' ');
    if (remaining === rest) continue;
    rest = remaining;
    if (roles.includes(word.role)) continue;
    roles.push(word.role);
    if (word.abbreviation) codes.push(word.role);
  }
  const place = ordinalWords
    .exec(name)
    ?.slice(1)
    .find((value) => value !== undefined);
  const ordinal = place === undefined ? undefined : Number(place) || '一二三四五六'.indexOf(place) + 1;
  return {
    roles,
    codes,
    delays: delaysInName(name),
    // `pre contrast` must not read as post, so the words for it are taken out first.
    post: postWords.test(rest),
    dynamic: dynamicWords.test(name),
    ...(ordinal ? { ordinal } : {}),
  };
};

const saturated = new Set(['FS', 'SFS', 'FATSAT', 'FAT_SAT', 'SPIR', 'SPAIR', 'FAT SAT', 'WE', 'SPECIAL_GEMS']);

const readFatSuppression = (facts: SeriesFacts, name: string, part?: string): boolean =>
  part === 'water' ||
  fatSuppressionWords.test(name) ||
  text(facts, 'SpectrallySelectedSuppression').toUpperCase().startsWith('FAT') ||
  texts(facts, 'ScanOptions').some((option) => saturated.has(option.toUpperCase()));

const echoOfKind = (kind: ImageKind | undefined): EchoName | undefined =>
  kind === 'in-phase' || kind === 'opposed-phase' ? kind : undefined;

const partOfKind = (kind: ImageKind | undefined): 'water' | 'fat' | undefined =>
  kind === 'water' || kind === 'fat' ? kind : undefined;

const readPlane = (facts: SeriesFacts, name: string): Plane | undefined => {
  const orientation = readOrientation(facts);
  return isOriented(orientation) ? planeOf(orientation) : planeInName(name);
};

const present = <T extends object>(values: { [K in keyof T]: T[K] | undefined }): Partial<T> => {
  const kept: Partial<T> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
};

/** Attributes that name the pulse sequence, standard and vendors' own. */
const sequenceNames = [
  'SequenceName',
  'PulseSequenceName',
  'GEPulseSequenceName',
  'GEInternalPulseSequenceName',
  'PhilipsScanningTechnique',
];

export const viewSeries = (facts: SeriesFacts, index: number, hints: StackHints = {}): SeriesView => {
  const description = text(facts, 'SeriesDescription');
  const protocol = normaliseName(['ProtocolName', ...sequenceNames].map((keyword) => text(facts, keyword)).join(' '));
  const name = normaliseName(description || text(facts, 'ProtocolName'));
  const kind = imageKind(facts);
  const part = partOfKind(kind) ?? dixonPartInName(name);
  const sequence = `${name} ${protocol}`;
  const t2Name = t2Words.test(name) || (t2Words.test(protocol) && !t1Words.test(name));
  const singleShot = singleShotT2Words.test(name) || /h2d\d/.test(protocol) || singleShotT2Words.test(protocol);
  const turbo = turboSpinEchoWords.test(name) || (name === '' && turboSpinEchoWords.test(protocol));
  return {
    ...(hints.fragment ? { fragment: true } : {}),
    ...(hints.mixed ? { mixed: true } : {}),
    index,
    facts,
    description: description || text(facts, 'ProtocolName'),
    name,
    protocol,
    imageType: imageTypeValues(facts),
    scanning: scanningSequence(facts),
    fatSuppressed: readFatSuppression(facts, sequence, part),
    phases: readPhases(name),
    says: {
      t1: t1Words.test(name),
      t1Gradient: t1GradientEchoWords.test(name) || (!t2Name && t1GradientEchoWords.test(protocol)),
      t2: t2Name,
      singleShot,
      turbo,
      inversion: inversionWords.test(name),
    },
    ...present<
      Pick<
        SeriesView,
        'kind' | 'part' | 'echo' | 'plane' | 'echoTime' | 'repetitionTime' | 'fieldT' | 'echoTrain' | 'contrast'
      >
    >({
      kind,
      part,
      echo: echoOfKind(kind) ?? (part ? undefined : echoInName(name)),
      plane: readPlane(facts, name),
      echoTime: number(facts, 'EchoTime'),
      repetitionTime: number(facts, 'RepetitionTime'),
      fieldT: fieldStrengthT(facts),
      echoTrain: number(facts, 'EchoTrainLength'),
      contrast: contrastGiven(facts),
    }),
  };
};
