/** What a spreadsheet shows in a cell that has no value: nothing that may be taken for one. Pure. */

/** In place of a formula whose result was not kept with the file. */
export const FORMULA_WITHOUT_VALUE = '#FORMULA';

/** In place of a whole number of more digits than a spreadsheet keeps: mostly an identifier, whose end is lost. */
export const DIGITS_LOST = '#DIGITS';

export const digitsLost =
  'a spreadsheet keeps fifteen digits of a number, and this one had more. Make the column text and enter it again.';

const ERRORS = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)$/i;

/** Why a cell says nothing; undefined where it does. */
export const cellProblem = (
  text: string,
): { code: 'formula' | 'digits-lost' | 'cell-error'; text: string } | undefined => {
  if (text === FORMULA_WITHOUT_VALUE) {
    const remedy = 'Open the file in a spreadsheet program, save it, and choose it again.';
    return { code: 'formula', text: `a formula stands there without its result. ${remedy}` };
  }
  if (text === DIGITS_LOST) return { code: 'digits-lost', text: digitsLost };
  return ERRORS.test(text) ? { code: 'cell-error', text: `the spreadsheet shows the error ${text} there.` } : undefined;
};
