/** Where labels stand over an image: beside what they name, and never over each other or over the words of the pane. */

/** CSS pixels of the pane, from its upper left corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface WantedLabel {
  /** What it names; the label stands outside of it. */
  of: Box;
  width: number;
  height: number;
}

export interface PlacedLabel extends Box {
  /** So far from what it names that a line should lead there. */
  isFar: boolean;
}

/** Between a label and what it names. */
const GAP = 8;
/** Between a label and anything else. */
const APART = 2;

const meet = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width + APART &&
  b.left < a.left + a.width + APART &&
  a.top < b.top + b.height + APART &&
  b.top < a.top + a.height + APART;

const inside = (box: Box, pane: { width: number; height: number }): boolean =>
  box.left >= APART &&
  box.top >= APART &&
  box.left + box.width <= pane.width - APART &&
  box.top + box.height <= pane.height - APART;

/** Places for a label, the best first: to the right, to the left, under and over, then ever farther up and down. */
function* placesFor({ of, width, height }: WantedLabel, pane: { height: number }): Generator<PlacedLabel> {
  const middle = of.top + of.height / 2 - height / 2;
  const sides = [of.left + of.width + GAP, of.left - GAP - width];
  for (const left of sides) yield { left, top: middle, width, height, isFar: false };
  for (const top of [of.top + of.height + GAP, of.top - GAP - height])
    yield { left: of.left + of.width / 2 - width / 2, top, width, height, isFar: false };
  const step = height + APART;
  for (let away = step; away < pane.height; away += step)
    for (const left of [...sides, of.left + of.width / 2 - width / 2])
      for (const top of [middle + away, middle - away])
        yield { left, top, width, height, isFar: away > of.height / 2 + 2 * step };
}

/**
 * Pure. In the order given, each label gets the first place that is free; undefined where there is none, since words that
 * cannot be read say less than none.
 * @param taken words of the pane
 */
export const placeLabels = (
  labels: readonly WantedLabel[],
  pane: { width: number; height: number },
  taken: readonly Box[],
): (PlacedLabel | undefined)[] => {
  const occupied = [...taken];
  return labels.map((label) => {
    for (const place of placesFor(label, pane)) {
      if (!inside(place, pane) || occupied.some((box) => meet(place, box))) continue;
      occupied.push(place);
      return place;
    }
    return undefined;
  });
};
