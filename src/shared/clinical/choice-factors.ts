/** The clinical factors that are chosen from a few options. The code of an option is what a model takes. */
import type { ChoiceFactor } from './factor-definition.ts';

const yesNo = (yes: string, no: string) => [
  { id: no, label: no, code: 0 },
  { id: yes, label: yes, code: 1 },
];

const hcvLabels: Readonly<Record<string, string>> = {
  positive: 'positive, test not stated',
  'anti-hcv': 'anti-HCV positive, RNA not known',
  'hcv-rna': 'HCV RNA detected',
  resolved: 'anti-HCV positive, RNA not detected',
};

export const choiceFactors: readonly ChoiceFactor[] = [
  { id: 'sex', kind: 'choice', group: 'patient', label: 'Sex', options: yesNo('male', 'female') },
  { id: 'hbsAg', kind: 'choice', group: 'patient', label: 'HBsAg', options: yesNo('positive', 'negative') },
  {
    id: 'hbvAntiviral',
    kind: 'choice',
    group: 'patient',
    label: 'HBV antiviral treatment',
    options: yesNo('yes', 'no'),
  },
  {
    // Antibodies outlive the infection, so the test that was positive is kept. `positive` alone: the test is not stated.
    id: 'hcv',
    kind: 'choice',
    group: 'patient',
    label: 'Hepatitis C',
    options: ['negative', 'positive', 'anti-hcv', 'hcv-rna', 'resolved'].map((id) => ({
      id,
      label: hcvLabels[id] ?? id,
      code: id === 'negative' ? 0 : 1,
    })),
  },
  {
    id: 'ecog',
    kind: 'choice',
    group: 'patient',
    label: 'ECOG performance status',
    options: [0, 1, 2, 3, 4].map((code) => ({ id: String(code), label: String(code), code })),
  },
  {
    // BCLC counts performance status only where the tumour is its cause.
    id: 'ecogCause',
    kind: 'choice',
    group: 'patient',
    label: 'Cause of the performance status',
    options: [
      { id: 'other', label: 'other than the tumour', code: 0 },
      { id: 'tumour', label: 'the tumour', code: 1 },
    ],
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
    // As in World J Gastroenterol 2022;28:704 Figure 2, beside Vp: I is Vp2, II Vp3, III Vp4; IV has no Vp.
    id: 'cheng',
    kind: 'choice',
    group: 'tumour',
    label: 'Cheng type of the thrombus',
    options: [
      { id: 'none', label: 'none', code: 0 },
      { id: 'I', label: 'I, segmental branches', code: 1 },
      { id: 'II', label: 'II, left or right branch', code: 2 },
      { id: 'III', label: 'III, main trunk', code: 3 },
      { id: 'IV', label: 'IV, superior mesenteric vein', code: 4 },
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
    id: 'bileDuctInvasion',
    kind: 'choice',
    group: 'tumour',
    label: 'Bile duct invasion',
    options: yesNo('yes', 'no'),
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
  {
    id: 'neuropathy',
    kind: 'choice',
    group: 'treatment',
    label: 'Peripheral neuropathy, CTCAE grade',
    options: [0, 1, 2, 3, 4].map((code) => ({ id: String(code), label: String(code), code })),
  },
  {
    id: 'infection',
    kind: 'choice',
    group: 'treatment',
    label: 'Active infection',
    options: yesNo('yes', 'no'),
  },
];
