/** The order of a list. Pure. */

/** `id` at another place, the others as they were; the same list where that changes nothing. */
export const movedTo = (ids: readonly string[], id: string, place: number): readonly string[] => {
  const from = ids.indexOf(id);
  const to = Math.min(ids.length - 1, Math.max(0, place));
  return from === -1 || from === to ? ids : ids.filter((one) => one !== id).toSpliced(to, 0, id);
};
