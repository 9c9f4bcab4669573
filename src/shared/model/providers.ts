/** Execution providers of ONNX Runtime: what a model can be computed by, and how each of them did on this computer. */
import { z } from 'zod';

export const providerNames = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export type ProviderName = (typeof providerNames)[number];

/** `automatic`: the fastest of those that reproduce the model's reference. */
export const providerSettingSchema = z.enum(['automatic', ...providerNames]);
export type ProviderSetting = z.infer<typeof providerSettingSchema>;

export const providerFigureSchema = z.object({
  provider: z.enum(providerNames),
  /** Why it is not used; absent where it reproduces the reference. */
  reason: z.string().optional(),
  /** `reason` for translation: its code, and what stands in it. */
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Largest difference to the reference, log-odds; absent where nothing was computed. */
  largestError: z.number().nonnegative().optional(),
  /** Opening the model and its first run, milliseconds. */
  coldMs: z.number().nonnegative().optional(),
  /** Median of further runs, milliseconds. */
  warmMs: z.number().nonnegative().optional(),
});
export type ProviderFigure = z.infer<typeof providerFigureSchema>;

/** What was measured, once for a computer, its driver and a model. */
export const providerMeasurementSchema = z.object({
  /** ISO 8601. */
  measuredAt: z.string(),
  /** In the order in which they were tried. */
  figures: z.array(providerFigureSchema),
});
export type ProviderMeasurement = z.infer<typeof providerMeasurementSchema>;

/** Those that may be used, fastest first. */
export const usableProviders = (figures: readonly ProviderFigure[]): ProviderFigure[] =>
  figures
    .filter(({ reason }) => reason === undefined)
    .sort((a, b) => (a.warmMs ?? Number.POSITIVE_INFINITY) - (b.warmMs ?? Number.POSITIVE_INFINITY));

/** The one that a setting asks for where it may be used, else the fastest; undefined where none may be. */
export const providerFor = (setting: ProviderSetting, figures: readonly ProviderFigure[]): ProviderName | undefined => {
  const usable = usableProviders(figures);
  return (usable.find(({ provider }) => provider === setting) ?? usable[0])?.provider;
};
