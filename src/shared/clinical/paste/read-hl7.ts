/**
 * Results of an HL7 version 2 message (ORU^R01): its OBX segments, chapter 7 of the standard. Who the patient is is not
 * read: nothing but results leaves this function.
 */
import { type LaboratoryRow, laboratoryRow } from './laboratory-row.ts';
import { factorOfLoinc, factorOfName } from './recognised-names.ts';

interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escapeSign: string;
}

const usual: Separators = { field: '|', component: '^', repetition: '~', escapeSign: '\\' };

/** MSH-1 and MSH-2 state them; a segment that was copied alone uses the usual ones. */
const separatorsOf = (lines: readonly string[]): Separators => {
  const header = lines.find((line) => line.startsWith('MSH'));
  if (!header || header.length < 8) return usual;
  const [field = '|', component = '^', repetition = '~', escapeSign = '\\'] = header.slice(3, 7);
  return { field, component, repetition, escapeSign };
};

export const isHl7 = (text: string): boolean => /^(?:MSH|OBX)[^\w\s]/m.test(text);

const unescaped = (text: string, { escapeSign, field, component, repetition }: Separators): string => {
  const meaning: Readonly<Record<string, string>> = { F: field, S: component, T: '&', R: repetition, E: escapeSign };
  return text
    .split(escapeSign)
    .map((part, index) => (index % 2 === 1 ? (meaning[part] ?? '') : part))
    .join('');
};

/** SN, structured numeric: comparator ^ number; another form of it is no single quantity and stays as it is written. */
const resultText = (type: string, text: string, component: string): string => {
  const parts = text.split(component);
  if (type === 'SN') return parts.length <= 2 ? parts.join('') : text;
  // A coded value says its word in the second component.
  return type === 'CE' || type === 'CWE' ? parts[1] || parts[0] || '' : text;
};

/** OBX-11: results that were deleted, entered in error or never obtained are none. */
const isVoid = (status: string): boolean => ['D', 'W', 'X'].includes(status);

export const readHl7 = (text: string): readonly LaboratoryRow[] => {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const separators = separatorsOf(lines);
  let observed = '';
  return lines.flatMap((line, index) => {
    const fields = line.split(separators.field).map((field) => field.trim());
    const [segment] = fields;
    if (segment === 'OBR') observed = fields[7] ?? '';
    const [, , type = '', identifier = '', , value = '', units = '', , flag = '', , , status = '', , , date = ''] =
      fields;
    if (segment !== 'OBX' || value === '' || isVoid(status)) return [];
    const [code = '', name = '', , otherCode = '', otherName = ''] = identifier
      .split(separators.component)
      .map((part) => unescaped(part, separators));
    const factor = factorOfLoinc(code) ?? factorOfLoinc(otherCode) ?? factorOfName(name) ?? factorOfName(otherName);
    const [unit = ''] = units.split(separators.component);
    return [
      laboratoryRow({
        line: index + 1,
        name: name || otherName || code,
        factor: factor ?? factorOfName(code),
        value: unescaped(resultText(type, value, separators.component), separators),
        unit: unescaped(unit, separators),
        flag,
        date: (date || observed).slice(0, 8),
      }),
    ];
  });
};
