/** The segments of an HL7 version 2 message and the signs that part them (chapter 2 of the standard). */

export interface Separators {
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

export const isHl7 = (text: string): boolean => /^(?:MSH|PID|OBX)[^\w\s]/m.test(text);

export const unescaped = (text: string, { escapeSign, field, component, repetition }: Separators): string => {
  const meaning: Readonly<Record<string, string>> = { F: field, S: component, T: '&', R: repetition, E: escapeSign };
  return text
    .split(escapeSign)
    .map((part, index) => (index % 2 === 1 ? (meaning[part] ?? '') : part))
    .join('');
};

/** Fields of each line, in the order of the message; the first is the segment's name. */
export const hl7Segments = (text: string): { separators: Separators; segments: readonly (readonly string[])[] } => {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const separators = separatorsOf(lines);
  return { separators, segments: lines.map((line) => line.split(separators.field).map((field) => field.trim())) };
};
