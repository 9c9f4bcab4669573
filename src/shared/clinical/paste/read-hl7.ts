/**
 * Results of an HL7 version 2 message (ORU^R01): its OBX segments, chapter 7 of the standard. Nothing but
 * results leaves this function: who they are of is read by `pasted-patient.ts`.
 */
import { hl7Segments, unescaped } from './hl7-segments.ts';
import { type LaboratoryRow, laboratoryRow } from './laboratory-row.ts';
import { factorOfLoinc, factorOfName } from './recognised-names.ts';

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
  const { separators, segments } = hl7Segments(text);
  let observed = '';
  return segments.flatMap((fields, index) => {
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
