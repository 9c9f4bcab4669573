import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/errors.ts';
import type { Interval } from '#shared/statistics/estimate.ts';
import { parseTable, readScores, type ScoreTable } from '#shared/statistics/score-table.ts';
import { isProblem, type Problem, type Validation, validate } from '#shared/statistics/validation.ts';
import type { Terminal } from '../terminal.ts';

export interface ValidateOptions {
  outcome: string;
  score: string;
  compare?: string;
  threshold: string;
  time?: string;
  event?: string;
}

export interface Validated {
  table: ScoreTable;
  validation: Validation;
}

const readTable = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('file-unreadable', `${path} cannot be read. Check the path.`, { detail: String(error) });
  });

const thresholdOf = (text: string): number => {
  const threshold = Number(text);
  if (text.trim() !== '' && Number.isFinite(threshold)) return threshold;
  throw new AppError('usage', `--threshold is a number, not "${text}".`);
};

const survivalColumns = ({ time, event }: ValidateOptions) => {
  if (time === undefined && event === undefined) return undefined;
  if (time === undefined || event === undefined) throw new AppError('usage', '--time and --event belong together.');
  return { time, event };
};

/** Every figure of a table of patients with an outcome and a score; nothing of it is kept. */
export const validateTable = async (path: string, options: ValidateOptions): Promise<Validated> => {
  const compare = (options.compare ?? '').split(',').filter((name) => name.trim() !== '');
  const threshold = thresholdOf(options.threshold);
  const survival = survivalColumns(options);
  const table = readScores(parseTable(await readTable(path)), {
    outcome: options.outcome,
    score: options.score,
    compare,
    survival,
  });
  return { table, validation: validate({ ...table, threshold }) };
};

/** JSON has no infinity: an end of the curve is written as a word. */
const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

export const validatedJson = ({ table, validation }: Validated): unknown =>
  JSON.parse(JSON.stringify({ ...validation, score: table.score.name, excluded: table.excluded }, finite));

const figure = (value: number): string => value.toFixed(3);
const range = ({ low, high }: Interval): string => `${figure(low)} to ${figure(high)}`;
const line = <T extends object>(name: string, answer: T | Problem, say: (figures: T) => string): string =>
  `${name}: ${isProblem(answer) ? answer.problem : say(answer)}`;

const comparisonLines = ({ comparisons }: Validation): string[] =>
  comparisons.map(({ score, test }) =>
    line(
      `AUC against ${score}`,
      test,
      ({ difference, interval, p, pHolm }) =>
        `${figure(difference)} (95 % ${range(interval)}), p ${p.toPrecision(3)}, Holm ${pHolm.toPrecision(3)} (DeLong)`,
    ),
  );

const survivalLines = ({ survival }: Validation): string[] => {
  if (!survival) return [];
  if (isProblem(survival)) return [`Survival: ${survival.problem}`];
  const { time, low, high } = survival.median.log;
  const said = (value: number | undefined) => value ?? 'not reached';
  return [
    `Median survival: ${said(time)} (95 % ${said(low)} to ${said(high)}, log interval), ${survival.events} events in ${survival.patients}`,
    line('Hazard ratio per unit of the score', survival.cox, ({ terms: [term] }) =>
      term ? `${figure(term.hazardRatio)} (95 % ${range(term.interval)}), p ${term.p.toPrecision(3)} (Cox, Efron)` : '',
    ),
  ];
};

export const showValidated = ({ table, validation }: Validated, terminal: Terminal): void => {
  for (const { line: at, missing } of table.excluded) terminal.note(`line ${at}: no value of ${missing.join(', ')}`);
  const { calibration } = validation;
  const lines = [
    `${validation.patients} patients, ${validation.events} with the event, ${table.excluded.length} left out`,
    line(
      'AUC',
      validation.auc,
      ({ auc, interval }) => `${figure(auc)} (${interval ? `95 % ${range(interval)}, DeLong` : 'no interval'})`,
    ),
    line(
      'At the threshold',
      validation.threshold,
      ({ threshold, sensitivity, specificity }) =>
        `${threshold}: sensitivity ${figure(sensitivity.value)} (exact ${range(sensitivity.exact)}), specificity ${figure(specificity.value)} (exact ${range(specificity.exact)})`,
    ),
    line(
      'Calibration in the large (slope held at 1)',
      calibration.inTheLarge,
      ({ value, interval }) => `${figure(value)} (95 % ${range(interval)})`,
    ),
    line(
      'Calibration slope',
      calibration.slope,
      ({ slope, intercept }) =>
        `${figure(slope.value)} (95 % ${range(slope.interval)}), intercept beside it ${figure(intercept.value)}`,
    ),
    line('Brier', calibration.brier, ({ brier, scaled }) => `${figure(brier)}, scaled ${figure(scaled)}`),
    line(
      'Distance from the smoothed curve',
      calibration.smoothed,
      ({ ici, e90, emax, smoother }) => `ICI ${figure(ici)}, E90 ${figure(e90)}, Emax ${figure(emax)}; ${smoother}`,
    ),
    line('Closed test', calibration.closedTest, ({ chosen }) => chosen),
    ...comparisonLines(validation),
    ...survivalLines(validation),
  ];
  terminal.result(lines.join('\n'));
};
