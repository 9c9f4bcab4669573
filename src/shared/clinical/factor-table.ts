/**
 * Every clinical factor with its units, limits and options. Choices stand in choice-factors.ts.
 * The limits are this program's own choice, not a guideline's: wide enough for any living adult, narrow enough that the
 * commonest slip of unit (albumin in g/dL typed as g/L, platelets per µL typed as 10^9/L) is refused or warned of.
 * A lower limit above 0 says that 0 is never measured: the result is then the assay's own limit, written `<0.6`.
 */
import { choiceFactors } from './choice-factors.ts';
import type { CountFactor, FactorDefinition, MeasuredFactor, UnitOption } from './factor-definition.ts';
import { type FactorId, factorIds } from './factor-values.ts';

const range = (low: number, high: number) => ({ low, high });
const only = (unit: string): readonly [UnitOption] => [{ unit, toCanonical: 1 }];

const cellUnits = [
  { unit: '10^9/L', toCanonical: 1 },
  { unit: '10^3/µL', toCanonical: 1 },
  { unit: '/µL', toCanonical: 1e-3 },
] as const;

const measured: readonly MeasuredFactor[] = [
  {
    id: 'age',
    kind: 'measured',
    group: 'patient',
    label: 'Age',
    units: only('years'),
    limits: range(0, 120),
    usual: range(18, 95),
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
    limits: range(0.01, 1e7),
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
      { unit: 'ng/mL', toCanonical: 'never', limits: range(0.01, 1e6), usual: range(0.1, 5e3) },
    ],
    limits: range(0.01, 1e7),
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
    // Under 6 µmol/L the figure is as likely one in mg/dL, where it would be jaundice.
    usual: range(6, 105),
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
    // Seconds beyond the laboratory's control: Child–Pugh's own measure, which the time alone is not.
    id: 'ptProlongation',
    kind: 'measured',
    group: 'liver',
    label: 'Prothrombin time prolongation',
    units: only('s'),
    limits: range(0, 180),
    usual: range(0, 10),
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
    id: 'creatinine',
    kind: 'measured',
    group: 'blood',
    label: 'Creatinine',
    units: [
      { unit: 'µmol/L', toCanonical: 1 },
      { unit: 'mg/dL', toCanonical: 88.42 },
    ],
    limits: range(10, 3000),
    usual: range(30, 200),
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
    id: 'haemoglobin',
    kind: 'measured',
    group: 'blood',
    label: 'Haemoglobin',
    units: [
      { unit: 'g/L', toCanonical: 1 },
      { unit: 'g/dL', toCanonical: 10 },
    ],
    limits: range(20, 250),
    usual: range(60, 180),
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
    limits: range(0.01, 200),
    usual: range(1, 15),
  },
  {
    id: 'lymphocytes',
    kind: 'measured',
    group: 'blood',
    label: 'Lymphocytes',
    units: cellUnits,
    limits: range(0.01, 500),
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
  {
    id: 'liverShare',
    kind: 'measured',
    group: 'tumour',
    label: 'Share of the liver involved',
    units: only('%'),
    limits: range(0, 100),
    usual: range(0, 90),
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

const byId = new Map<FactorId, FactorDefinition>(
  [...measured, ...counts, ...choiceFactors].map((one) => [one.id, one]),
);

/** Throws for an id outside `factorIds`: the table is complete, and a test holds it to that. */
export const factorDefinition = (id: FactorId): FactorDefinition => {
  const found = byId.get(id);
  if (!found) throw new Error(`factor ${id} has no definition`);
  return found;
};

/** In the order of `factorIds`. */
export const factorDefinitions: readonly FactorDefinition[] = factorIds.map(factorDefinition);
