import type { ProcedureName, Settings } from '#shared/api.ts';
import { needs, settingNeeds } from '#shared/identities/needs.ts';
import type { Identities } from './identities.ts';

/** Of the right to the records what is left to whoever could unlock them where nobody can sign in: what mends, and takes nothing out. */
const MENDING: ReadonlySet<ProcedureName> = new Set([
  'records.salvage',
  'backup.status',
  'backup.preview',
  'backup.restore',
]);

/** Lets a call of the contract pass, or throws why who is here may not make it. */
export const assertAllowed = (
  identities: Pick<Identities, 'assertMay' | 'nobodyCanSignIn'>,
  name: ProcedureName,
  input: unknown,
): void => {
  if (MENDING.has(name) && identities.nobodyCanSignIn()) return;
  const need = needs[name];
  if (need !== 'anyone') identities.assertMay(need);
  // Where the images are from now on is remembered.
  if (name === 'course.openImages' && 'path' in (input as object)) identities.assertMay('save');
  if (name !== 'settings.set') return;
  for (const setting of Object.keys(input as Partial<Settings>) as (keyof Settings)[]) {
    const wanted = settingNeeds[setting];
    if (wanted !== 'anyone') identities.assertMay(wanted);
  }
};
