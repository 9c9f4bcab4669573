/** Dates moved by whole days. Times of day stay: the delay after contrast is what the images are read by. */

const dayMs = 86_400_000;

/** DA (PS3.5 6.2) moved by days; undefined where it is no date, since what cannot be moved cannot be kept. */
export const shiftedDate = (value: string, days: number): string | undefined => {
  const match = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(value.trim());
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return new Date(date.getTime() + days * dayMs).toISOString().slice(0, 10).replaceAll('-', '');
};

/** DT moved by days: its date moves, its time and offset stay. */
export const shiftedDateTime = (value: string, days: number): string | undefined => {
  const trimmed = value.trim();
  const rest = trimmed.slice(8);
  if (!/^(\d{2,6}(\.\d{1,6})?)?([+-]\d{4})?$/.test(rest)) return undefined;
  const date = shiftedDate(trimmed.slice(0, 8), days);
  return date === undefined ? undefined : `${date}${rest}`;
};

/** Multi-valued dates, each moved; undefined where one of them is none. */
export const shifted = (value: string, vr: 'DA' | 'DT', days: number): string | undefined => {
  const moved = value.split('\\').map((part) => (vr === 'DA' ? shiftedDate(part, days) : shiftedDateTime(part, days)));
  return moved.includes(undefined) ? undefined : moved.join('\\');
};
