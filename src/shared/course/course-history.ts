/** What happened to a course, version by version: nothing of it is overwritten, so all of it can be told. Pure. */
import { type CourseEntry, partKey } from './course.ts';

/** A value of a part by where it stands in it, e.g. `measures`, `L1`, `mm`. */
export interface Fact {
  readonly path: readonly string[];
  readonly value: string;
}

export interface ChangedFact {
  readonly path: readonly string[];
  /** Undefined where there was none, or is none any more. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Entries of a course, from the oldest on, as versions of its parts. */
export interface PartVersion {
  readonly entry: CourseEntry;
  readonly what: 'added' | 'changed' | 'removed';
  /** No later version has superseded it. */
  readonly inForce: boolean;
  /** Against the version before of the same part. */
  readonly changes: readonly ChangedFact[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What is told as one: parts of it say nothing to a person. */
const asOne: Record<string, (value: unknown) => string> = {
  images: (value) => (Array.isArray(value) ? String(value.length) : ''),
  movedMm: (value) => (Array.isArray(value) ? value.map((mm) => Number(mm).toFixed(1)).join(' / ') : ''),
  roles: (value) => (Array.isArray(value) ? value.map((one) => `${one.role}: ${one.seriesId}`).join('; ') : ''),
  place: (value) => JSON.stringify(value),
  viablePlace: (value) => JSON.stringify(value),
  reasons: (value) => (Array.isArray(value) ? value.map(({ text }) => text).join(' ') : ''),
};

/** A quantity is one fact, with its unit, assay and day: `<20 ng/mL, Roche, 2026-05-11`. */
const quantityText = ({ value, comparator, unit, assay, ngPerIU, date }: Record<string, unknown>): string => {
  const [number, ratio] = [
    `${comparator ?? ''}${String(value)}${unit === undefined ? '' : ` ${String(unit)}`}`,
    ngPerIU === undefined ? undefined : `${String(ngPerIU)} ng/IU`,
  ];
  return [number, assay, ratio, date].filter((part) => part !== undefined && part !== '').join(', ');
};

/** The name by which one of a list is known, wherever in the list it stands. */
const nameIn = (item: unknown, index: number): string => {
  const name = isRecord(item) ? (item.term ?? item.drug ?? item.id) : undefined;
  return typeof name === 'string' ? name : String(index + 1);
};

/** Two of one name (an adverse event that came twice) are told apart by their order. */
const namesIn = (items: readonly unknown[]): string[] => {
  const names = items.map(nameIn);
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((one) => one === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
};

export const factsOf = (value: unknown, path: readonly string[] = []): Fact[] => {
  if (value === undefined || value === null) return [];
  const whole = asOne[path.at(-1) ?? ''];
  if (whole) return [{ path, value: whole(value) }];
  if (Array.isArray(value)) {
    const names = namesIn(value);
    return value.flatMap((item, index) => factsOf(item, [...path, names[index] ?? '']));
  }
  if (isRecord(value) && 'value' in value) return [{ path, value: quantityText(value) }];
  if (isRecord(value)) return Object.entries(value).flatMap(([key, item]) => factsOf(item, [...path, key]));
  return [{ path, value: String(value) }];
};

const keyOf = ({ path }: Pick<Fact, 'path'>): string => path.join('\n');

export const changedFacts = (before: unknown, after: unknown): ChangedFact[] => {
  const [was, is] = [factsOf(before), factsOf(after)].map((facts) => new Map(facts.map((fact) => [keyOf(fact), fact])));
  const keys = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  return keys.flatMap((key) => {
    const [from, to] = [was?.get(key), is?.get(key)];
    const path = (to ?? from)?.path;
    return path && from?.value !== to?.value ? [{ path, before: from?.value, after: to?.value }] : [];
  });
};

/** Newest first. `entries`: all of a course, oldest first. */
export const partVersions = (entries: readonly CourseEntry[]): PartVersion[] => {
  const newest = new Map<string, CourseEntry>();
  const versions = entries.map((entry) => {
    const key = partKey(entry.kind, entry.id);
    const before = newest.get(key)?.body ?? null;
    newest.set(key, entry);
    const what = entry.body === null ? 'removed' : before === null ? 'added' : 'changed';
    return { entry, what, changes: changedFacts(before, entry.body) } as const;
  });
  return versions
    .map((version) => ({
      ...version,
      inForce: newest.get(partKey(version.entry.kind, version.entry.id)) === version.entry,
    }))
    .reverse();
};
