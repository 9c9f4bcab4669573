/** In which order a reader reads. Pure: the same for the same seed, so that it is the same after a restart and in every check. */
import { seededRandom } from '../course/simulated/random.ts';

/** Fisher and Yates, by Durstenfeld. */
export const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const random = seededRandom(seed);
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random.next() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a === undefined || b === undefined) continue;
    order[last] = b;
    order[other] = a;
  }
  return order;
};
