/** What a spreadsheet shows in a cell that has no value: nothing that may be taken for one. Pure. */

/** In place of a formula whose result was not kept with the file. */
export const FORMULA_WITHOUT_VALUE = '#FORMULA';

const ERRORS = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)$/i;

/** Why a cell says nothing; undefined where it does. */
export const cellProblem = (text: string): { code: 'formula' | 'cell-error'; text: string } | undefined => {
  if (text === FORMULA_WITHOUT_VALUE) {
    const remedy = 'Open the file in a spreadsheet program, save it, and choose it again.';
    return { code: 'formula', text: `a formula stands there without its result. ${remedy}` };
  }
  return ERRORS.test(text) ? { code: 'cell-error', text: `the spreadsheet shows the error ${text} there.` } : undefined;
};
