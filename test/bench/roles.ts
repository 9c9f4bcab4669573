/**
 * Prints the accuracy of the role engine on the labelled series: `node test/bench/roles.ts [--list]`. With `--list`,
 * every series that was asked or wrong is named.
 */
import {
  constructedSeries,
  dukeSeries,
  type LabelledSeries,
  protocolSeries,
} from '../fixtures/roles/labelled-series.ts';
import { type RoleScore, scoreRoles } from '../fixtures/roles/score-roles.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const print = (name: string, score: RoleScore): void => {
  console.log(
    `${name.padEnd(34)} ${String(score.total).padStart(5)} series  coverage ${percent(score.coverage).padStart(7)}  ` +
      `precision ${percent(score.precision).padStart(7)}  asked ${score.asked}  wrong ${score.wrong}  ` +
      `wrong phase at ≥ 0.8: ${score.wrongPhase}`,
  );
  const roles = [...new Set(score.judged.flatMap(({ label }) => label[0] ?? []))].sort();
  for (const role of roles) {
    const rows = score.judged.filter(({ label }) => label[0] === role);
    const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
    console.log(
      `    ${role.padEnd(18)} ${String(rows.length).padStart(5)}  right ${count('right')}  asked ${count('asked')}  ` +
        `wrong ${count('wrong') + count('wrong phase')}`,
    );
  }
};

const list = process.argv.includes('--list');
const tables: [string, LabelledSeries[] | undefined][] = [
  ['Duke, labelled by radiologists', dukeSeries()],
  ['Protocol names', protocolSeries()],
  ['Constructed for haicast', constructedSeries()],
];
for (const [name, series] of tables) {
  if (!series) {
    console.log(`${name}: the table is not beside this checkout.`);
    continue;
  }
  const score = scoreRoles(series);
  print(name, score);
  if (!list) continue;
  const lines = score.judged
    .filter(({ verdict }) => verdict !== 'right')
    .map(
      ({ verdict, facts, label, decision }) =>
        `      ${verdict}: “${facts.SeriesDescription}” ${label.join('|')} → ${decision.role} ${decision.confidence}`,
    );
  const counted = new Map<string, number>();
  for (const line of lines) counted.set(line, (counted.get(line) ?? 0) + 1);
  for (const [line, count] of [...counted].sort()) console.log(`${line}${count > 1 ? ` ×${count}` : ''}`);
}
