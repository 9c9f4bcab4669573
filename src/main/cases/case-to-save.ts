import { z } from 'zod';
import { savedCaseSchema } from '#shared/cases/case.ts';
import { predictionSchema } from '#shared/model/prediction.ts';

/** A draft after the application has resolved its handles: the study for `openId`, the prediction for `predictionId`. */
export const caseToSaveSchema = savedCaseSchema
  .pick({ source: true, study: true, roles: true, lesions: true, factors: true, baseRate: true, note: true })
  .extend({
    /** Absent for a new case. */
    caseId: z.string().optional(),
    /** The prediction made from exactly these inputs; absent where there is none. */
    prediction: predictionSchema.optional(),
  });
export type CaseToSave = z.infer<typeof caseToSaveSchema>;
