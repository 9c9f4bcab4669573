/** What the page may ask of this host beyond the contract. Checked by schema like the contract itself. */
import { z } from 'zod';

/** A report with all its pictures has some megabytes. */
const MOST_BASE64 = 200_000_000;

const nothing = z.object({}).strict();

export const hostProcedures = {
  /** The page listens to events now: what waited for it is sent. */
  'host.ready': nothing,
  'host.pickStudy': z.object({ kind: z.enum(['folder', 'zip', 'dicomdir']) }).strict(),
  'host.pickModel': z.object({ kind: z.enum(['folder', 'zip']) }).strict(),
  'host.pickExport': nothing,
  'host.pickExportFolder': nothing,
  'host.printReport': nothing,
  'host.savePdf': z.object({ suggestedName: z.string().max(200) }).strict(),
  'host.saveReport': z.object({ format: z.enum(['pdf', 'html']), base64: z.base64().max(MOST_BASE64) }).strict(),
  'host.setDirty': z.object({ dirty: z.boolean() }).strict(),
  'host.setProgress': z.object({ fraction: z.number().min(0).max(1).optional() }).strict(),
  'host.setFullScreen': z.object({ on: z.boolean() }).strict(),
} as const;

export type HostProcedureName = keyof typeof hostProcedures;
export type HostHandlers = {
  [K in HostProcedureName]: (input: z.infer<(typeof hostProcedures)[K]>) => unknown;
};

export const isHostProcedure = (name: string): name is HostProcedureName => Object.hasOwn(hostProcedures, name);
