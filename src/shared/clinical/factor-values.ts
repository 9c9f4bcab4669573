/** Values of the clinical factors as they were entered: value, unit and provenance travel together. */
import { z } from 'zod';

export const factorIds = [
  'age',
  'sex',
  'hbsAg',
  'hbvDna',
  'hbvAntiviral',
  'hcv',
  'ecog',
  'ecogCause',
  'afp',
  'pivkaII',
  'bilirubin',
  'albumin',
  'inr',
  'prothrombinTime',
  'ptProlongation',
  'alt',
  'ast',
  'alp',
  'ggt',
  'creatinine',
  'crp',
  'haemoglobin',
  'platelets',
  'neutrophils',
  'lymphocytes',
  'ascites',
  'encephalopathy',
  'tumourNumber',
  'largestDiameter',
  'liverShare',
  'pvtt',
  'cheng',
  'hepaticVeinInvasion',
  'bileDuctInvasion',
  'extrahepaticSpread',
  'priorTreatment',
  'coTherapy',
  'neuropathy',
  'infection',
] as const;
export const factorIdSchema = z.enum(factorIds);
export type FactorId = z.infer<typeof factorIdSchema>;

/** HL7 FHIR's quantity comparators: a value beyond what the assay measures is known to lie on one side of its limit. */
export const comparators = ['<', '<=', '>=', '>'] as const;
export type Comparator = (typeof comparators)[number];

export const factorEntrySchema = z.object({
  /**
   * A number for measured factors, the option's id for a choice. What was refused is kept here as it was written, so
   * that it can be mended; it is no value to anything that computes (`canonicalValue`).
   */
  value: z.union([z.number(), z.string()]),
  /** The value is a limit of measurement: the quantity lies below or above it. */
  comparator: z.enum(comparators).optional(),
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
