/** Between a probability and its log-odds. */

export const logit = (p: number): number => Math.log(p / (1 - p));

export const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
