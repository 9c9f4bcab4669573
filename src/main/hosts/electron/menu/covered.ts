import { type IdentityStatus, needsSignIn } from '#shared/identities/identity.ts';

/** Pure: is nothing of a patient to be seen, as on the page, since nobody is signed in or the history was locked by hand? */
export const isCovered = (
  identity: Pick<IdentityStatus, 'mode' | 'user' | 'mustChange'>,
  { lockedByHand = false }: { lockedByHand?: boolean | undefined },
): boolean => lockedByHand || needsSignIn(identity);
