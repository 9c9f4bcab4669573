/** Who did something: somebody who signed in, or, as a bare text, a name that nobody proved. */
export type Actor = string | { name: string /** Of the user. */; identity: string };

/** What haicast does by itself. No person has this name in the log. */
export const PROGRAM = 'haicast';

export const nameOfActor = (actor: Actor): string => (typeof actor === 'string' ? actor : actor.name);

/** Is an entry proved to be of whom it names? Its detail holds the identity, which the chain covers. */
export const proofOf = (
  actor: string,
  detail: Readonly<Record<string, unknown>>,
): 'signed-in' | 'unproved' | 'program' => {
  if (typeof detail.identity === 'string') return 'signed-in';
  return actor === PROGRAM ? 'program' : 'unproved';
};
