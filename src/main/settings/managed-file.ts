import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { settingsSchema } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { managedRolesSchema } from '#shared/identities/identity.ts';
import { pacsNodesSchema } from '#shared/pacs/node.ts';

/** What the administrator of a workstation sets for everybody who uses it. An unknown member is a mistake, and no other is ignored. */
export const managedSchema = z.strictObject({
  schema: z.literal(1),
  /** Shown in Settings, and not to be changed there. */
  settings: settingsSchema.partial().strict().optional(),
  /** Where backups go. */
  backupFolder: z.string().min(1).optional(),
  /** SHA-256 of the weights of every model that may be used. */
  models: z.array(z.string().regex(/^[0-9a-f]{64}$/)).optional(),
  /** From which role on somebody may do what, by right; only where there are users. */
  roles: managedRolesSchema.optional(),
  /** Image archives. */
  pacs: pacsNodesSchema.optional(),
  /** False: nobody adds one in Settings, and what was added before is not used. */
  ownArchives: z.boolean().optional(),
});
export type Managed = z.infer<typeof managedSchema>;

/** In a folder that only administrators write, or where `HAICAST_MANAGED` says. */
export const managedFileOf = (env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string => {
  if (env.HAICAST_MANAGED) return env.HAICAST_MANAGED;
  if (platform === 'darwin') return '/Library/Application Support/haicast/managed.json';
  if (platform === 'win32') return join(env.ProgramData || 'C:/ProgramData', 'haicast', 'managed.json');
  return '/etc/haicast/managed.json';
};

const damaged = (file: string, detail: string, cause?: unknown): AppError =>
  new AppError(
    'managed-damaged',
    `The file of this workstation's administrator, ${file}, cannot be read or does not hold what it should. haicast does not start without it: ask the administrator.`,
    { detail, cause },
  );

/** The place, and what is wrong there: no value of the file, which may be a secret that does not belong into it. */
const sentenceOf = ({ path, code, message }: z.core.$ZodIssue): string =>
  `${path.join('.')} ${code === 'custom' || (code === 'invalid_format' && message.startsWith('is no')) ? message : code}`;

/** Nothing is managed where there is no file. Throws `managed-damaged`: a rule that cannot be read is not taken for none. */
export const readManaged = (file: string): Managed => {
  try {
    // A link that leads nowhere, as to a share that is not mounted, and a folder that may not be looked into are no missing file.
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return { schema: 1 };
    const parsed = managedSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    throw damaged(file, parsed.error.issues.map(sentenceOf).join('; '));
  } catch (error) {
    throw error instanceof AppError ? error : damaged(file, 'not readable, or not JSON', error);
  }
};
