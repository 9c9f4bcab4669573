/** Who may use this workstation, and who does: by users with a password, or, where there are none, by a name that nobody proves. */
import { z } from 'zod';

/** Each may do what the one before it may. */
export const roles = ['reader', 'oncologist', 'administrator'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const mayAs = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** May not sign in; what they did stays theirs. */
  disabled: z.boolean(),
  createdAt: z.string(),
});
export type User = z.infer<typeof userSchema>;

/** As it is typed; two names that differ in case or width alone are one. */
export const userNameSchema = z.string().trim().min(1).max(100);
export const passwordSchema = z.string().min(1).max(1000);

/** What somebody may be allowed to do, and from which role on unless the workstation's administrator says otherwise. */
export const defaultRoles = {
  /** Open studies and cases, predict, read courses, print. */
  look: 'reader',
  /** Save, change, trash and restore cases and courses. */
  save: 'oncologist',
  /** See a number that is withheld. */
  withheld: 'oncologist',
  /** Let a de-identified copy or a table of courses leave. */
  export: 'oncologist',
  /** Erase a case for ever. */
  erase: 'administrator',
  /** Install, remove and choose models. */
  models: 'administrator',
  /** Read, export and verify the audit log. */
  audit: 'administrator',
  /** Lock, mend, back up and restore the case history; its passphrase. */
  records: 'administrator',
  /** Change settings of the workstation. */
  settings: 'administrator',
  /** Add, change and disable users. */
  users: 'administrator',
} as const satisfies Record<string, Role>;
export type Right = keyof typeof defaultRoles;
export const rights = Object.keys(defaultRoles) as [Right, ...Right[]];

export type RightsTable = Readonly<Record<Right, Role>>;

/** What a workstation may set; who manages users is not among it. */
export const managedRolesSchema = z
  .strictObject({
    look: roleSchema,
    save: roleSchema,
    withheld: roleSchema,
    export: roleSchema,
    erase: roleSchema,
    models: roleSchema,
    audit: roleSchema,
    records: roleSchema,
    settings: roleSchema,
  })
  .partial();
export type ManagedRoles = z.infer<typeof managedRolesSchema>;

export const identityStatusSchema = z.object({
  /** `single`: there are no users, and nobody signs in. */
  mode: z.enum(['single', 'users']),
  /** Who is signed in; null in single mode and while nobody is. */
  user: userSchema.pick({ id: true, name: true, role: true }).nullable(),
  /** An administrator chose the password of who is signed in: nothing else goes before they have chosen their own. */
  mustChange: z.boolean().optional(),
  /** What who is signed in may do; everything in single mode. */
  rights: z.array(z.enum(rights)),
  /** Name of who was here last, to be signed in again. */
  last: z.string().optional(),
  /** Somebody else's work in this application is in no record yet. */
  unsavedOfOthers: z.boolean(),
});
export type IdentityStatus = z.infer<typeof identityStatusSchema>;

/** Nobody is signed in who may go on; where nobody signs in, nobody needs to. */
export const needsSignIn = ({
  mode,
  user,
  mustChange,
}: Pick<IdentityStatus, 'mode' | 'user' | 'mustChange'>): boolean =>
  mode === 'users' && (user === null || mustChange === true);
