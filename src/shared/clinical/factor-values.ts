/** Values of the clinical factors as they were entered: value, unit and provenance travel together. */
import { z } from 'zod';

export const factorIds = [
  'age',
  'sex',
  'hbsAg',
  'hbvDna',
  'hcv',
  'ecog',
  'afp',
  'pivkaII',
  'bilirubin',
  'albumin',
  'inr',
  'prothrombinTime',
  'alt',
  'ast',
  'alp',
  'ggt',
  'crp',
  'platelets',
  'neutrophils',
  'lymphocytes',
  'ascites',
  'encephalopathy',
  'tumourNumber',
  'largestDiameter',
  'pvtt',
  'hepaticVeinInvasion',
  'extrahepaticSpread',
  'priorTreatment',
  'coTherapy',
] as const;
export const factorIdSchema = z.enum(factorIds);
export type FactorId = z.infer<typeof factorIdSchema>;

export const factorEntrySchema = z.object({
  /** A number for measured factors, the option's id for a choice. */
  value: z.union([z.number(), z.string()]),
  /** The unit it was entered in, e.g. `µmol/L`; absent for choices and counts. */
  unit: z.string().optional(),
  /** PIVKA-II: the assay. */
  assay: z.string().optional(),
  /** AFP in IU/mL: nanograms per IU as the laboratory states it. */
  ngPerIU: z.number().positive().optional(),
  /** Date of the sample, ISO 8601. */
  date: z.string().optional(),
  /** `lesion` where the value was taken from a measurement, `study` where it was read from the images' header. */
  origin: z.enum(['user', 'lesion', 'study']).optional(),
});
export type FactorEntry = z.infer<typeof factorEntrySchema>;

export const factorValuesSchema = z.partialRecord(factorIdSchema, factorEntrySchema);
export type FactorValues = z.infer<typeof factorValuesSchema>;
