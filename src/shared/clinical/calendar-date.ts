/** The dates that entries carry: ISO 8601, and days that there are. */

const isoDate = /^(\d{4})-(\d{2})-(\d{2})(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;

export const isCalendarDate = (text: string): boolean => {
  const match = isoDate.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/**
 * A date as a person or a laboratory writes it, year first: `2026-03-14`, `2026/3/14`, `20260314`, `2026年3月14日`, with or
 * without a time behind it. Day and month are never told apart by guessing, so whatever else stays as it is, to be refused.
 */
export const normaliseDate = (text: string): string => {
  const plain = text.normalize('NFKC').trim();
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]?\d{1,2}:?\d{2}[\d:.+-]*)?$/.exec(
    plain,
  );
  if (!match) return plain;
  const two = (digits: string | undefined) => (digits ?? '').padStart(2, '0');
  return `${match[1]}-${two(match[2] ?? match[4])}-${two(match[3] ?? match[5])}`;
};
