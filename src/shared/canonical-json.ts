/**
 * JSON with object keys in code-unit order and no white space, so that equal values have equal text and equal hashes
 * (the idea of RFC 8785; numbers and strings are already written by its rules in JSON.stringify). Members that are
 * undefined are left out, as JSON.stringify does.
 */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => {
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    const sorted: [string, unknown][] = Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted);
  });
