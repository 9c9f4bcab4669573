/** Numbers as the screen writes them: two significant digits, a true minus sign, `<1%` and `>99%` at the ends. */
const MINUS = '\u2212';
const PLUS = '+';

export const percent = (probability: number): string => {
  if (probability < 0.01) return '<1%';
  if (probability > 0.99) return '>99%';
  return `${Math.round(probability * 100)}%`;
};

/** Both as `percent` writes them; where they would look equal and are not, with one more digit, so that it shows which is larger. */
export const percentsApart = (a: number, b: number): readonly [string, string] => {
  const [left, right] = [percent(a), percent(b)];
  if (left !== right || a === b || /[<>]/.test(left)) return [left, right];
  return [`${decimals(a * 100, 1)}%`, `${decimals(b * 100, 1)}%`];
};

/** Log-odds with sign and two decimals, or as many as are asked for, e.g. `+0.82`, `−0.24`; what rounds to zero has no sign. */
export const signed = (value: number, digits = 2): string => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? MINUS : PLUS}${text}`;
};

export const decimals = (value: number, digits: number): string => value.toFixed(digits).replace('-', MINUS);

/** Up to three significant digits, without an exponent. */
export const compact = (value: number): string => {
  const rounded = Number(value.toPrecision(3));
  return String(rounded).replace('-', MINUS);
};

/** DICOM DA (`20260314`) or ISO 8601 as `2026-03-14`. */
export const isoDate = (text: string | undefined): string => {
  if (!text) return '';
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  return match ? `${match[1]}-${match[2]}-${match[3]}` : text;
};

/** An instant to the minute in UTC, `2026-03-14 09:26 UTC`: the same wherever it is read. */
export const utcMinute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** Date and time to the minute in the user's zone and language. */
export const dateTime = (iso: string, language: string): string =>
  new Date(iso).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });

/** The day it is where the user is, `2026-03-14`. */
export const today = (now = new Date()): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};
