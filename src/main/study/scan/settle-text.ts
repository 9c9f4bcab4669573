/** Text whose character set is in doubt is decided once for a study: its series and images are read alike. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { noteSentence } from '#shared/study/messages/notes.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import type { ImageRecord } from '../records.ts';
import { encodingOf, isGuess, isInDoubt, settled } from '../text/doubt.ts';
import { encodingNames, type GuessedEncoding } from '../text/guess-encoding.ts';
import { personName } from '../text/person-name.ts';
import { wantedAttributes } from './attributes.ts';
import type { StudyRemark } from './copies.ts';

const textKeywords = [...wantedAttributes.values()]
  .filter(({ vr }) => ['LO', 'LT', 'SH', 'ST', 'UC', 'UT'].includes(vr))
  .map(({ keyword }) => keyword);

const nameOf = ({ nameGroups, patientName }: PatientIdentity): string =>
  nameGroups
    ? [nameGroups.alphabetic, nameGroups.ideographic, nameGroups.phonetic].map((group) => group ?? '').join('=')
    : patientName;

const identityText = (patient: PatientIdentity): string[] => [nameOf(patient), patient.patientId];

const textsInDoubt = ({ attributes, patient }: ImageRecord): string[] => {
  const texts = identityText(patient).filter(isInDoubt);
  for (const keyword of textKeywords) {
    const value = attributes[keyword];
    if (typeof value === 'string') {
      if (isInDoubt(value)) texts.push(value);
    } else if (Array.isArray(value)) {
      for (const part of value) if (typeof part === 'string' && isInDoubt(part)) texts.push(part);
    }
  }
  return texts;
};

const settledFacts = (facts: SeriesFacts, encoding: GuessedEncoding): SeriesFacts => {
  const own: SeriesFacts = { ...facts };
  for (const keyword of textKeywords) {
    const value = own[keyword];
    if (typeof value === 'string') own[keyword] = settled(value, encoding);
    else if (Array.isArray(value) && value.every((part) => typeof part === 'string')) {
      own[keyword] = value.map((part) => settled(part, encoding));
    }
  }
  return own;
};

const settledPatient = (patient: PatientIdentity, encoding: GuessedEncoding): PatientIdentity => {
  if (!identityText(patient).some(isInDoubt)) return patient;
  const { display, groups } = personName(settled(nameOf(patient), encoding));
  return {
    ...patient,
    patientName: display,
    ...(Object.keys(groups).length > 0 ? { nameGroups: groups } : {}),
    patientId: settled(patient.patientId, encoding),
    ...(identityText(patient).some((text) => isGuess(text, encoding))
      ? { guessedEncoding: encodingNames[encoding] }
      : {}),
  };
};

/** Images with text that people can read, and a note where a study's text had to be guessed. */
export const settleText = (images: readonly ImageRecord[]): { images: ImageRecord[]; remarks: StudyRemark[] } => {
  const doubts = new Map<string, Set<string>>();
  for (const image of images) {
    const texts = textsInDoubt(image);
    if (texts.length === 0) continue;
    const ofStudy = doubts.get(image.studyInstanceUID) ?? new Set();
    doubts.set(image.studyInstanceUID, ofStudy);
    for (const text of texts) ofStudy.add(text);
  }
  if (doubts.size === 0) return { images: [...images], remarks: [] };
  const chosen = new Map([...doubts].map(([study, texts]) => [study, encodingOf([...texts])]));
  // Frames of one object share their attributes, and shall go on sharing them.
  const known = new Map<SeriesFacts, SeriesFacts>();
  const factsOf = (facts: SeriesFacts, encoding: GuessedEncoding): SeriesFacts => {
    const own = known.get(facts) ?? settledFacts(facts, encoding);
    known.set(facts, own);
    return own;
  };
  const remarks = [...chosen].flatMap(([studyInstanceUID, encoding]): StudyRemark[] => {
    const isGuessed = [...(doubts.get(studyInstanceUID) ?? [])].some((text) => isGuess(text, encoding));
    const sentence = noteSentence('text-guessed', { encoding: encodingNames[encoding] });
    return isGuessed ? [{ studyInstanceUID, note: { severity: 'warning', ...sentence } }] : [];
  });
  return {
    images: images.map((image) => {
      const encoding = chosen.get(image.studyInstanceUID);
      if (!encoding) return image;
      return {
        ...image,
        attributes: factsOf(image.attributes, encoding),
        patient: settledPatient(image.patient, encoding),
      };
    }),
    remarks,
  };
};
