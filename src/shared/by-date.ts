/** Oldest first, by ISO 8601 days; those of one day stay in their order. */
export const byDate = <T extends { readonly date: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => a.date.localeCompare(b.date));
