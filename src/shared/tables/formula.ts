/** What a spreadsheet would run of a table, and how it is kept a text. Pure. */

/**
 * Text that begins with `=`, `+`, `-`, `@`, their full-width forms (which East Asian settings read as the same), a tab or a line
 * end, however many lines it has; a number is none (https://owasp.org/www-community/attacks/CSV_Injection). Papa Parse's own pattern
 * misses what has more than one line.
 */
export const FORMULA = /^(?!-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$)[=+\-@＝＋－＠\t\r\n]/;

/** An apostrophe before it makes it text. */
export const notRun = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
