import type { ScannedStudy } from '#shared/study/study.ts';

/** Case, width, ligatures and accents do not matter to a search: `Ｍüller` and `muller` are the same. */
export const foldText = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');

/** Component groups of a person name (PS3.5 6.2): `=` parts alphabetic, ideographic and phonetic, `^` their components. */
const nameForms = (name: string): string[] =>
  name.split('=').flatMap((group) => {
    const components = group.split('^').filter((component) => component.trim() !== '');
    // Ideographic names are written without a space between family and given name, and searched so.
    return [components.join(' '), components.join(''), components.toReversed().join(' ')];
  });

/** Everything by which a case may be looked for, folded, one form a line: its study's, and `more` that was said of it. */
export const searchTextOf = (study: ScannedStudy, more: readonly string[] = []): string => {
  const { patient } = study;
  const groups = Object.values(patient.nameGroups ?? {}).filter((group) => group !== undefined);
  const forms = [
    ...[patient.patientName, ...groups].flatMap(nameForms),
    patient.patientId,
    study.studyDescription ?? '',
    study.accessionNumber ?? '',
    ...more,
  ];
  return [...new Set(forms.map((form) => foldText(form).trim()))].filter((form) => form !== '').join('\n');
};

/** The words of a query, folded; every one must be found. */
export const searchTerms = (query: string): string[] =>
  foldText(query)
    .split(/[\s^=,]+/u)
    .filter((term) => term !== '');

/** Trigrams need three characters; what is shorter is looked for in a table of short terms. */
export const fitsTrigrams = (term: string): boolean => [...term].length >= 3;

/** A term as an FTS5 string: quoted, so that none of its characters is an operator. */
export const ftsPhrase = (term: string): string => `"${term.replaceAll('"', '""')}"`;
