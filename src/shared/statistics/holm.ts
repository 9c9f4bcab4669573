/** Holm's step-down correction (1979): p values that hold for all comparisons of a table together, in the order given. */
export const holm = (pValues: readonly number[]): number[] => {
  const order = [...pValues.keys()].sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(0);
  let largest = 0;
  for (const [place, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - place) * (pValues[index] ?? 0)));
    adjusted[index] = largest;
  }
  return adjusted;
};
