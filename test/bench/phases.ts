/**
 * Judges generated dynamic studies: `node test/bench/phases.ts [COUNT] [FIRST]` (100,000 from seed 0). Prints every study
 * with a fault as the options that make it again, for test/fixtures/phases/failures.json, and fails where there is one.
 */
import { drawStudy } from '../fixtures/phases/dynamic-study.ts';
import { judgeStudy } from '../fixtures/phases/judge-study.ts';

const [count = 100_000, first = 0] = process.argv.slice(2).map(Number);
const total = { studies: 0, stacks: 0, accepted: 0, unplaced: 0, faulty: 0 };
for (let seed = first; seed < first + count; seed++) {
  const study = drawStudy(seed);
  const { stacks, accepted, unplaced, faults } = judgeStudy(study);
  total.studies += 1;
  total.stacks += stacks;
  total.accepted += accepted;
  total.unplaced += unplaced;
  if (faults.length === 0) continue;
  total.faulty += 1;
  console.log(JSON.stringify({ ...study, faults }));
}
console.log(
  `${total.studies} studies, ${total.stacks} stacks: ${total.accepted} phases taken unasked, ` +
    `${total.unplaced} stacks kept out of patient space, ${total.faulty} studies with a fault`,
);
process.exitCode = total.faulty > 0 ? 1 : 0;
