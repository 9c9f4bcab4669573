import { z } from 'zod';
import { savedCaseSchema } from '#shared/cases/case.ts';
import { pictureIdSchema } from '#shared/cases/key-image.ts';
import { predictionSchema } from '#shared/model/prediction.ts';

/** A draft after the application has resolved its handles: the study for `openId`, the prediction for `predictionId`. */
export const caseToSaveSchema = savedCaseSchema
  .pick({
    source: true,
    study: true,
    roles: true,
    lesions: true,
    marks: true,
    shifts: true,
    factors: true,
    baseRate: true,
    note: true,
    modelId: true,
  })
  .extend({
    /** Absent for a new case. */
    caseId: z.string().optional(),
    /** Their pictures are with the case already, or in `pictures`. Absent: as they are. */
    keyImages: savedCaseSchema.shape.keyImages.optional(),
    /** Bytes of pictures that are not with the case yet, by their hash. */
    pictures: z
      .record(
        pictureIdSchema,
        z.custom<Uint8Array>((value) => value instanceof Uint8Array),
      )
      .optional(),
    /** The revision that was changed. Given, it has to be the present one. */
    revision: z.int().nonnegative().optional(),
    /** The prediction made from exactly these inputs; absent where there is none. */
    prediction: predictionSchema.optional(),
    /** What another model says of exactly these inputs; absent where nobody asked. */
    comparison: predictionSchema.optional(),
  });
export type CaseToSave = z.infer<typeof caseToSaveSchema>;
