/**
 * Every clinical factor with its units, limits and options.
 * The limits are this program's own choice, not a guideline's: wide enough for any living adult, narrow enough that the
 * commonest slip of unit (albumin in g/dL typed as g/L, platelets per µL typed as 10^9/L) is refused or warned of.
 */
import type { ChoiceFactor, CountFactor, FactorDefinition, MeasuredFactor, UnitOption } from './factor-definition.ts';
import { type FactorId, factorIds } from './factor-values.ts';

const range = (low: number, high: number) => ({ low, high });
const only = (unit: string): readonly [UnitOption] => [{ unit, toCanonical: 1 }];

const cellUnits = [
  { unit: '10^9/L', toCanonical: 1 },
  { unit: '10^3/µL', toCanonical: 1 },
  { unit: '/µL', toCanonical: 1e-3 },
] as const;

const yesNo = (yes: string, no: string) => [
  { id: no, label: no, code: 0 },
  { id: yes, label: yes, code: 1 },
];

const measured: readonly MeasuredFactor[] = [
  // 18–75 years: the age of entry in most trials of HAIC.
  {
    id: 'age',
    kind: 'measured',
    group: 'patient',
    label: 'Age',
    units: only('years'),
    limits: range(0, 120),
    usual: range(18, 75),
  },
  {
    id: 'hbvDna',
    kind: 'measured',
    group: 'patient',
    label: 'HBV DNA',
    units: [
      { unit: 'IU/mL', toCanonical: 1 },
      // The number of copies per IU depends on the assay.
      { unit: 'copies/mL', toCanonical: 'never', limits: range(0, 1e13), usual: range(0, 1e10) },
    ],
    limits: range(0, 1e12),
    usual: range(0, 1e9),
  },
  {
    id: 'afp',
    kind: 'measured',
    group: 'markers',
    label: 'AFP',
    units: [
      { unit: 'ng/mL', toCanonical: 1 },
      { unit: 'µg/L', toCanonical: 1 },
      { unit: 'IU/mL', toCanonical: 'ng-per-iu' },
    ],
    limits: range(0, 1e7),
    usual: range(0.5, 2e5),
  },
  {
    id: 'pivkaII',
    kind: 'measured',
    group: 'markers',
    label: 'PIVKA-II',
    units: [
      { unit: 'mAU/mL', toCanonical: 1 },
      // ARUP 0081312: different assay methods or kits cannot be used interchangeably.
      { unit: 'ng/mL', toCanonical: 'never', limits: range(0, 1e6), usual: range(0, 5e3) },
    ],
    limits: range(0, 1e7),
    usual: range(1, 1e5),
  },
  {
    id: 'bilirubin',
    kind: 'measured',
    group: 'liver',
    label: 'Total bilirubin',
    units: [
      { unit: 'µmol/L', toCanonical: 1 },
      { unit: 'mg/dL', toCanonical: 17.1 },
    ],
    limits: range(1, 1000),
    usual: range(3, 100),
  },
  {
    id: 'albumin',
    kind: 'measured',
    group: 'liver',
    label: 'Albumin',
    units: [
      { unit: 'g/L', toCanonical: 1 },
      { unit: 'g/dL', toCanonical: 10 },
    ],
    limits: range(10, 70),
    usual: range(25, 55),
  },
  {
    id: 'inr',
    kind: 'measured',
    group: 'liver',
    label: 'INR',
    units: only('1'),
    limits: range(0.5, 20),
    usual: range(0.8, 2.3),
  },
  {
    id: 'prothrombinTime',
    kind: 'measured',
    group: 'liver',
    label: 'Prothrombin time',
    units: only('s'),
    limits: range(5, 200),
    usual: range(9, 20),
  },
  {
    id: 'alt',
    kind: 'measured',
    group: 'liver',
    label: 'ALT',
    units: only('U/L'),
    limits: range(1, 20_000),
    usual: range(4, 500),
  },
  {
    id: 'ast',
    kind: 'measured',
    group: 'liver',
    label: 'AST',
    units: only('U/L'),
    limits: range(1, 20_000),
    usual: range(4, 500),
  },
  {
    id: 'alp',
    kind: 'measured',
    group: 'liver',
    label: 'Alkaline phosphatase',
    units: only('U/L'),
    limits: range(1, 10_000),
    usual: range(20, 1000),
  },
  {
    id: 'ggt',
    kind: 'measured',
    group: 'liver',
    label: 'γ-GT',
    units: only('U/L'),
    limits: range(1, 10_000),
    usual: range(5, 1500),
  },
  {
    id: 'crp',
    kind: 'measured',
    group: 'blood',
    label: 'CRP',
    units: [
      { unit: 'mg/L', toCanonical: 1 },
      { unit: 'mg/dL', toCanonical: 10 },
    ],
    limits: range(0, 1000),
    usual: range(0, 200),
  },
  {
    id: 'platelets',
    kind: 'measured',
    group: 'blood',
    label: 'Platelets',
    units: cellUnits,
    limits: range(1, 3000),
    usual: range(40, 600),
  },
  {
    id: 'neutrophils',
    kind: 'measured',
    group: 'blood',
    label: 'Neutrophils',
    units: cellUnits,
    limits: range(0, 200),
    usual: range(1, 15),
  },
  {
    id: 'lymphocytes',
    kind: 'measured',
    group: 'blood',
    label: 'Lymphocytes',
    units: cellUnits,
    limits: range(0, 500),
    usual: range(0.3, 5),
  },
  {
    id: 'largestDiameter',
    kind: 'measured',
    group: 'tumour',
    label: 'Largest diameter',
    units: [
      { unit: 'mm', toCanonical: 1 },
      { unit: 'cm', toCanonical: 10 },
    ],
    limits: range(1, 400),
    usual: range(10, 250),
  },
];

const counts: readonly CountFactor[] = [
  {
    id: 'tumourNumber',
    kind: 'count',
    group: 'tumour',
    label: 'Number of tumours',
    limits: range(1, 200),
    usual: range(1, 30),
  },
];

const choices: readonly ChoiceFactor[] = [
  { id: 'sex', kind: 'choice', group: 'patient', label: 'Sex', options: yesNo('male', 'female') },
  { id: 'hbsAg', kind: 'choice', group: 'patient', label: 'HBsAg', options: yesNo('positive', 'negative') },
  { id: 'hcv', kind: 'choice', group: 'patient', label: 'Hepatitis C', options: yesNo('positive', 'negative') },
  {
    id: 'ecog',
    kind: 'choice',
    group: 'patient',
    label: 'ECOG performance status',
    options: [0, 1, 2, 3, 4].map((code) => ({ id: String(code), label: String(code), code })),
  },
  {
    id: 'ascites',
    kind: 'choice',
    group: 'liver',
    label: 'Ascites',
    options: ['none', 'mild', 'severe'].map((id, code) => ({ id, label: id, code })),
  },
  {
    id: 'encephalopathy',
    kind: 'choice',
    group: 'liver',
    label: 'Encephalopathy',
    options: [
      { id: 'none', label: 'none', code: 0 },
      { id: 'grade1-2', label: 'grade 1–2', code: 1 },
      { id: 'grade3-4', label: 'grade 3–4', code: 2 },
    ],
  },
  {
    id: 'pvtt',
    kind: 'choice',
    group: 'tumour',
    label: 'Portal vein tumour thrombus',
    // Liver Cancer Study Group of Japan, as in World J Gastroenterol 2022;28:704.
    options: [
      { id: 'vp0', label: 'Vp0, none', code: 0 },
      { id: 'vp1', label: 'Vp1, distal to second-order branches', code: 1 },
      { id: 'vp2', label: 'Vp2, second-order branches', code: 2 },
      { id: 'vp3', label: 'Vp3, first-order branch', code: 3 },
      { id: 'vp4', label: 'Vp4, main trunk or contralateral branch', code: 4 },
    ],
  },
  {
    id: 'hepaticVeinInvasion',
    kind: 'choice',
    group: 'tumour',
    label: 'Hepatic vein invasion',
    options: [0, 1, 2, 3].map((code) => ({ id: `vv${code}`, label: `Vv${code}`, code })),
  },
  {
    id: 'extrahepaticSpread',
    kind: 'choice',
    group: 'tumour',
    label: 'Extrahepatic spread',
    options: yesNo('yes', 'no'),
  },
  {
    // The code says whether there was any: the model knows no more.
    id: 'priorTreatment',
    kind: 'choice',
    group: 'treatment',
    label: 'Previous treatment',
    options: ['none', 'tace', 'resection', 'ablation', 'radiotherapy', 'systemic', 'several', 'other'].map((id) => ({
      id,
      label: id === 'tace' ? 'TACE' : id,
      code: id === 'none' ? 0 : 1,
    })),
  },
  {
    id: 'coTherapy',
    kind: 'choice',
    group: 'treatment',
    label: 'Therapy given with HAIC',
    options: ['none', 'tki', 'ici', 'tki+ici', 'anti-vegf+ici', 'other'].map((id) => ({
      id,
      label: id.replace('tki', 'TKI').replace('ici', 'ICI').replace('vegf', 'VEGF'),
      code: id === 'none' ? 0 : 1,
    })),
  },
];

const byId = new Map<FactorId, FactorDefinition>([...measured, ...counts, ...choices].map((one) => [one.id, one]));

/** Throws for an id outside `factorIds`: the table is complete, and a test holds it to that. */
export const factorDefinition = (id: FactorId): FactorDefinition => {
  const found = byId.get(id);
  if (!found) throw new Error(`factor ${id} has no definition`);
  return found;
};

/** In the order of `factorIds`. */
export const factorDefinitions: readonly FactorDefinition[] = factorIds.map(factorDefinition);
