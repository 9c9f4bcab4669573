/** Refusals of a prediction that mean: for this case there is no number at all, so none can be withheld. */
const codes: ReadonlySet<string> = new Set([
  'no-mr',
  'not-mr',
  'no-lesion',
  'no-diameter',
  'lesion-outside',
  'lesion-elsewhere',
  'required-role-missing',
  'unplaceable-series',
  'flat-image',
]);

/** Whether an error says that the case is not computable, and not that something failed. */
export const isNotComputable = (code: string): boolean => codes.has(code);
