/** Delays after injection written into series names: `70sec`, `3-4min`, `动态60秒`, `20分後`, `tardif 2h`. */

const duration =
  /(?<![\d.a-z=])(\d{1,3}(?:\.\d+)?)(?:\s?-\s?(\d{1,3}(?:\.\d+)?))?\s?(seconds?|secs?|sek|seg|s|秒|minuten|minutes?|minutos?|mins?|mn|m|分钟|分鐘|分|hours?|heures?|stunden?|std|hr|h|小时|時間)(?![a-z])/g;

/** Durations that are not delays: sequence timings, scan and breath-hold lengths. */
const timings = /\b(tt|ttc|te|tr|ti|ta|tacq)\s?\d+(\.\d+)?\s?(ms|sec|s|min)?\b|\d+(\.\d+)?\s?ms\b/g;
const breathHold = /^\s*(bh|breath|hold|apn|apnoe|atem|inspi|exspi|憋|屏|闭|息)/;

const secondsPer = (unit: string): number => {
  if (/^(s|秒)/.test(unit) && !/^(stunden?|std)/.test(unit)) return 1;
  return /^(h|stunden?|std|小时|時間)/.test(unit) ? 3600 : 60;
};

/** Below this a number of seconds is the length of a scan (`vibe_dynamic_post_12sec`), not a delay. */
const shortestDelay = 18;

/**
 * Delays in seconds, in the order written; a range gives its middle. A bare `m` counts as minutes only where the name
 * speaks of a phase (`dyn_5_m`), because it also stands for other things.
 */
export const delaysInName = (name: string): number[] => {
  const cleaned = name.replace(timings, ' ');
  const delays: number[] = [];
  for (const match of cleaned.matchAll(duration)) {
    const unit = match[3] ?? '';
    if (unit === 'm' && !/dyn|delay|post|phase|tard|spat|\+c/.test(cleaned)) continue;
    if (breathHold.test(cleaned.slice(match.index + match[0].length))) continue;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    const seconds = ((from + to) / 2) * secondsPer(unit);
    if (seconds >= shortestDelay) delays.push(seconds);
  }
  return delays;
};
