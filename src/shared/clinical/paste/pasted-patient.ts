/**
 * Whose results pasted text says that they are: the PID segments of an HL7 message, columns of a table, or lines such as
 * `姓名：张三  住院号：0012345`. It is compared with the patient of the study and goes nowhere else.
 */
import Papa from 'papaparse';
import { isCalendarDate, normaliseDate } from '../calendar-date.ts';
import type { PatientSex } from '../patient-sex.ts';
import { hl7Segments, isHl7, unescaped } from './hl7-segments.ts';
import { sexOf } from './patient-sex.ts';
import { factorOfName, plainName } from './recognised-names.ts';

export interface PastedPatient {
  readonly name?: string;
  /** Every identifier that is named: hospitals give a patient several. */
  readonly ids: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  readonly sex?: PatientSex;
}

type Item = 'name' | 'id' | 'birthDate' | 'sex';
type Found = readonly (readonly [Item, string])[];

const patientOf = (found: Found): PastedPatient => {
  const first = (item: Item) => found.find(([one, value]) => one === item && value !== '')?.[1];
  const name = first('name');
  const birthDate = normaliseDate(first('birthDate') ?? '');
  const sex = sexOf(first('sex') ?? '');
  return {
    ids: [...new Set(found.flatMap(([item, value]) => (item === 'id' && value !== '' ? [value] : [])))],
    ...(name === undefined ? {} : { name }),
    ...(isCalendarDate(birthDate) ? { birthDate: birthDate.slice(0, 10) } : {}),
    ...(sex === undefined ? {} : { sex }),
  };
};

const saysSomething = ({ name, ids, birthDate, sex }: PastedPatient): boolean =>
  name !== undefined || ids.length > 0 || birthDate !== undefined || sex !== undefined;

/** PID-2 and PID-3 identifiers, PID-5 name, PID-7 birth date, PID-8 sex (chapter 3 of the standard). */
const hl7Patients = (text: string): PastedPatient[] => {
  const { separators, segments } = hl7Segments(text);
  const { component, repetition } = separators;
  const plain = (part = '') => unescaped(part, separators).trim();
  return segments.flatMap((fields) => {
    const [segment, , external = '', internal = '', , names = '', , birth = '', sex = ''] = fields;
    if (segment !== 'PID') return [];
    const ids = [external, internal]
      .flatMap((field) => field.split(repetition))
      .map((id) => plain(id.split(component)[0]));
    const [name = ''] = names.split(repetition);
    const parts = name.split(component).slice(0, 2).map(plain);
    return [
      patientOf([
        ...ids.map((id) => ['id', id] as const),
        ['name', parts.filter((part) => part !== '').join(' ')],
        ['birthDate', plain(birth).slice(0, 8)],
        ['sex', plain(sex)],
      ]),
    ];
  });
};

const labels: Readonly<Record<Item, readonly string[]>> = {
  name: ['patientname', 'nameofpatient', 'patient', '姓名', '患者姓名', '病人姓名', '患者', '病人'],
  id: [
    'patientid',
    'patientnumber',
    'mrn',
    'medicalrecordnumber',
    '患者id',
    '病人id',
    '患者编号',
    '住院号',
    '门诊号',
    '病案号',
    '病历号',
    '登记号',
  ],
  birthDate: ['birthdate', 'dateofbirth', 'dob', 'birthday', '出生日期', '出生年月日', '生日'],
  sex: ['sex', 'gender', '性别'],
};
const itemByLabel = new Map(
  Object.entries(labels).flatMap(([item, names]) => names.map((name) => [name, item as Item] as const)),
);
const itemOf = (cell: string): Item | undefined => itemByLabel.get(plainName(cell));

/** `姓名：张三  性别：男`: a label, a colon, and what stands before the next label, a wide gap or the end of the line. */
const labelled = /([\p{L}][\p{L} ]*?)\s*[:：=]\s*(.*?)(?=\s{2,}|\t|[,，;；|]|\s+[\p{L}][\p{L} ]*?\s*[:：=]|$)/gu;
const inLine = (line: string): Found =>
  [...line.matchAll(labelled)].flatMap(([, label = '', value = '']): Found => {
    // "Name: …" names the test in one report and the patient in the next.
    const item =
      itemOf(label) ?? (plainName(label) === 'name' && factorOfName(value) === undefined ? 'name' : undefined);
    return item === undefined ? [] : [[item, value.trim()]];
  });

/** Under a heading each row names its patient; beside a label alone stands its value. */
const inTable = (rows: readonly (readonly string[])[]): PastedPatient[] => {
  const heading = rows.findIndex(
    (row) => row.filter((cell) => itemOf(cell) !== undefined).length > 0 && row.length > 2,
  );
  const items = (rows[heading] ?? []).map(itemOf);
  const below = heading < 0 ? [] : rows.slice(heading + 1);
  const byRow = below.map((row) =>
    patientOf(
      row.flatMap((cell, at): Found => {
        const item = items[at];
        return item === undefined ? [] : [[item, cell]];
      }),
    ),
  );
  const beside = rows.flatMap((row): Found => {
    const [label = '', value = ''] = row.filter((cell) => cell !== '');
    const item = itemOf(label);
    return item === undefined || row.filter((cell) => cell !== '').length !== 2 ? [] : [[item, value]];
  });
  return [...byRow, patientOf(beside)];
};

/** Every patient that the text names, each once; none where it names nobody. */
export const pastedPatients = (text: string): readonly PastedPatient[] => {
  const cells = () => Papa.parse<string[]>(text.trim(), { delimitersToGuess: ['\t', ';', '|', ','] }).data;
  const found = isHl7(text)
    ? hl7Patients(text)
    : [
        ...inTable(cells().map((row) => row.map((cell) => cell.trim()))),
        patientOf(text.split(/\r?\n/).flatMap(inLine)),
      ];
  const distinct = new Map(found.filter(saysSomething).map((one) => [JSON.stringify(one), one]));
  return [...distinct.values()];
};
