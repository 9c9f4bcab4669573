import type { Regimen } from './treatment.ts';

/**
 * What the list of regimens begins with; the hospital edits it. Published schedules, named by where they are from; a planned dose is
 * what the publication states and never a proposal for a patient.
 */
export const publishedRegimens: readonly Regimen[] = [
  {
    // He MK et al. Chin J Cancer 2017;36:83 (10.1186/s40880-017-0251-2).
    name: 'mFOLFOX-HAIC (He 2017)',
    drugs: [
      { drug: 'Oxaliplatin', planned: { value: 85, unit: 'mg/m²' } },
      { drug: 'Leucovorin', planned: { value: 400, unit: 'mg/m²' } },
      { drug: 'Fluorouracil, bolus', planned: { value: 400, unit: 'mg/m²' } },
      { drug: 'Fluorouracil, infusion', planned: { value: 2_400, unit: 'mg/m²' }, hours: 46 },
    ],
  },
  {
    // Li QJ et al. J Clin Oncol 2022;40:150, as reported in the ASCO Post.
    name: 'FOLFOX-HAIC (Li 2022)',
    drugs: [
      { drug: 'Oxaliplatin', planned: { value: 130, unit: 'mg/m²' } },
      { drug: 'Leucovorin', planned: { value: 400, unit: 'mg/m²' } },
      { drug: 'Fluorouracil, bolus', planned: { value: 400, unit: 'mg/m²' } },
      { drug: 'Fluorouracil, infusion', planned: { value: 2_400, unit: 'mg/m²' }, hours: 24 },
    ],
  },
];
