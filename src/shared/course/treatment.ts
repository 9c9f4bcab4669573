/** What was given and what followed. Doses are those that were planned and given; none is ever computed to be given. */
import { z } from 'zod';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { daySchema } from './time-point.ts';

export const doseUnits = ['mg', 'mg/m²', 'mg/kg', 'g', 'IU', 'mL'] as const;
const doseSchema = z.object({ value: z.number().positive(), unit: z.enum(doseUnits) });
export type Dose = z.infer<typeof doseSchema>;

export const regimenDrugSchema = z.object({
  drug: z.string().min(1).max(80),
  planned: doseSchema.optional(),
  /** Hours of infusion. */
  hours: z.number().positive().max(168).optional(),
});
/** One entry of the list that the hospital edits. */
export const regimenSchema = z.object({
  name: z.string().min(1).max(80),
  drugs: z.array(regimenDrugSchema).min(1).max(12),
});
export type Regimen = z.infer<typeof regimenSchema>;

export const attributions = ['unrelated', 'unlikely', 'possible', 'probable', 'definite'] as const;

/** CTCAE; the same finding has another grade in another version, so the version stands with every grade. */
export const adverseEventSchema = z.object({
  id: z.string().min(1).max(64),
  term: z.string().min(1).max(120),
  /** MedDRA code of the term, where it is known. */
  code: z.string().max(20).optional(),
  version: z.enum(['5.0', '6.0']),
  grade: z.int().min(1).max(5),
  attribution: z.enum(attributions).optional(),
  date: daySchema.optional(),
});
export type AdverseEvent = z.infer<typeof adverseEventSchema>;

export const bsaFormulas = ['mosteller', 'du-bois'] as const;
export const routes = ['femoral', 'radial', 'port', 'other'] as const;
export const infusionDevices = ['catheter', 'port'] as const;
/** What was infused into: the hepatic arteries, those that replace them, and what feeds a tumour from outside the liver. */
export const infusedArteries = [
  'common-hepatic',
  'proper-hepatic',
  'right-hepatic',
  'left-hepatic',
  'middle-hepatic',
  'superior-mesenteric',
  'left-gastric',
  'extrahepatic',
] as const;

export const cycleSchema = z.object({
  id: z.string().min(1).max(64),
  date: daySchema,
  regimen: z.string().min(1).max(80),
  drugs: z.array(regimenDrugSchema.extend({ given: doseSchema.optional() })).max(12),
  heightCm: z.number().min(30).max(260).optional(),
  weightKg: z.number().min(2).max(400).optional(),
  bsaFormula: z.enum(bsaFormulas),
  route: z.enum(routes).optional(),
  /** Through what it was infused: a catheter of this session, or a port that stays. */
  device: z.enum(infusionDevices).optional(),
  arteries: z.array(z.enum(infusedArteries)).max(infusedArteries.length).optional(),
  /** What was embolised, with which coils, as it is written. */
  coils: z.string().max(300).optional(),
  /** Whatever else belongs to the access, as it is written. */
  access: z.string().max(500).optional(),
  /** What was changed against the plan, and why. */
  change: z.object({ what: z.string().min(1).max(300), reason: z.string().min(1).max(300) }).optional(),
  /** Laboratory values before the cycle. */
  labs: factorValuesSchema,
  events: z.array(adverseEventSchema).max(60),
  note: z.string().max(2_000).optional(),
});
export type Cycle = z.infer<typeof cycleSchema>;

export const coTherapySchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.enum(['TKI', 'ICI', 'TACE', 'RT', 'ablation', 'other']),
  name: z.string().min(1).max(120),
  start: daySchema,
  /** Absent while it goes on. */
  end: daySchema.optional(),
});
export type CoTherapy = z.infer<typeof coTherapySchema>;

/** oBDS, reason for the end of systemic therapy (German oncology base data set); its F is written for radiotherapy. */
export const endReasons = ['E', 'R', 'W', 'A', 'P', 'S', 'V', 'T', 'U'] as const;

export const treatmentEndSchema = z.object({
  date: daySchema,
  reason: z.enum(endReasons),
  detail: z.string().max(500).optional(),
  conversion: z
    .object({
      kind: z.enum(['resection', 'transplant', 'ablation']),
      date: daySchema,
      /** Pathology, as it is written. */
      pathology: z.string().max(1_000).optional(),
      /** Necrosis of the tumour, percent. */
      necrosisPercent: z.number().min(0).max(100).optional(),
    })
    .optional(),
});
export type TreatmentEnd = z.infer<typeof treatmentEndSchema>;
