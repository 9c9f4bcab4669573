/**
 * Prints the accuracy of the role engine on the labelled series: `node test/bench/roles.ts [--list]`. With `--list`,
 * every series that was asked or wrong is named.
 */
import {
  constructedSeries,
  dukeSeries,
  type LabelledSeries,
  protocolSeries,
  unlabelledSeries,
} from '../fixtures/roles/labelled-series.ts';
import { byVendor, leaveOneStudyOut, type RoleScore, scoreRoles } from '../fixtures/roles/score-roles.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const print = (name: string, score: RoleScore): void => {
  console.log(
    `${name.padEnd(34)} ${String(score.total).padStart(5)} series  coverage ${percent(score.coverage).padStart(7)}  ` +
      `precision ${percent(score.precision).padStart(7)}  asked ${score.asked}  wrong ${score.wrong}  ` +
      `of these a wrong phase: ${score.wrongPhase}`,
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

const range = (shares: readonly number[]): string =>
  `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;

/** The rules learn nothing, so that a study left out changes only the counts: how far they hang on single studies. */
const printLeftOut = (score: RoleScore): void => {
  const left = leaveOneStudyOut(score);
  if (left.length < 3) return;
  const studies = new Set(
    score.judged.filter(({ verdict }) => verdict === 'wrong phase').map(({ facts }) => facts.StudyInstanceUID),
  ).size;
  console.log(
    `    leaving one of ${left.length} studies out: coverage ${range(left.map(({ coverage }) => coverage))}, ` +
      `precision ${range(left.map(({ precision }) => precision))}; studies with a wrong phase: ${studies}`,
  );
};

/** What no rule on these facts can tell: which of several series of one name was taken when. */
const printShared = ({ judged }: RoleScore): void => {
  const shared = judged.filter(
    ({ verdict, decision }) => verdict === 'asked' && decision.reasons.some(({ code }) => code === 'same-name'),
  );
  console.log(
    `    asked because others have their name: ${shared.length}; all but these: ${percent(1 - shared.length / judged.length)}`,
  );
};

const printVendors = (score: RoleScore): void => {
  for (const [vendor, of] of byVendor(score)) {
    console.log(
      `    ${vendor.padEnd(18)} ${String(of.total).padStart(5)}  coverage ${percent(of.coverage)}  ` +
        `precision ${percent(of.precision)}  wrong phase ${of.wrongPhase}`,
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
  printLeftOut(score);
  printShared(score);
  printVendors(score);
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

const unlabelled = unlabelledSeries();
if (unlabelled) {
  const score = scoreRoles(unlabelled);
  console.log(`Public abdominal studies, unlabelled ${score.total} series  coverage ${percent(score.coverage)}`);
  for (const [vendor, of] of byVendor(score)) {
    console.log(`    ${vendor.padEnd(18)} ${String(of.total).padStart(5)}  coverage ${percent(of.coverage)}`);
  }
}
