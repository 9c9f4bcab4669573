/** A hospital's table of patients, as it is opened for *Evidence*: one line lacks its probability. */
import { group, p1, p2, status, time, y } from '../unit/shared/statistics/vector-a.ts';

const columns = { outcome: y, probability: p1, reader: p2, months: time, progressed: status, arm: group };
const table = [
  Object.keys(columns).join(';'),
  ...y.map((_y, row) =>
    Object.values(columns)
      .map((values) => values[row])
      .join(';'),
  ),
  '1;;0.4;5;1;0',
].join('\n');
export const patients = { name: 'patients.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
