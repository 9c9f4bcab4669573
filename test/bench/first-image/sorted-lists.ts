/** The files of a study by series, each in its order, as an archive hands them to a viewer. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import { numbers } from './numbers.ts';

const cross = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[]): number[] => [
  b * f - c * e,
  c * d - a * f,
  a * e - b * d,
];

/** By place along the normal; two echoes of one series are two lists. */
export const sortedLists = (study: string): string[][] => {
  const lists = new Map<string, { file: string; at: number }[]>();
  for (const entry of readdirSync(study, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const data = dicomParser.parseDicom(readFileSync(file), { untilTag: 'x7fe00010' });
    const key = `${data.string('x0020000e')} ${data.string('x00180081')} ${data.string('x00080008')}`;
    const normal = cross(numbers(data, 'x00200037'));
    const at = numbers(data, 'x00200032').reduce((sum, value, axis) => sum + value * (normal[axis] ?? 0), 0);
    lists.set(key, [...(lists.get(key) ?? []), { file, at }]);
  }
  return [...lists.values()].map((list) => list.toSorted((a, b) => a.at - b.at).map(({ file }) => file));
};
