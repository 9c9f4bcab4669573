/** A backup is a folder of this name: when it was made, in UTC, and nothing of what is in it. */
const NAME = /^haicast-(\d{4})-(\d{2})-(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

export const backupName = (at: Date): string => `haicast-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`;

/** When a backup was made, by its name; undefined for a name that is none. */
export const backupTime = (name: string): Date | undefined => {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  return year === undefined ? undefined : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

const DAY_MS = 86_400_000;
const KEPT = { daily: 7, weekly: 4, monthly: 12 } as const;
export type Rotation = keyof typeof KEPT;

/** A name of the day, the week (from Monday) or the month of a time, all in UTC. */
const periodOf = (rotation: Rotation, at: Date): string => {
  if (rotation === 'monthly') return at.toISOString().slice(0, 7);
  const back = rotation === 'weekly' ? (at.getUTCDay() + 6) % 7 : 0;
  return new Date(at.getTime() - back * DAY_MS).toISOString().slice(0, 10);
};

/** The newest backup of each of the newest periods. */
const keptBy = (rotation: Rotation, newestFirst: readonly { name: string; at: Date }[]): string[] => {
  const newestOf = new Map<string, string>();
  for (const { name, at } of newestFirst) {
    const period = periodOf(rotation, at);
    if (!newestOf.has(period)) newestOf.set(period, name);
  }
  return [...newestOf.values()].slice(0, KEPT[rotation]);
};

/**
 * Pure: the day by which the last of these is removed, ISO 8601, while one is made every month: a backup is the newest of its
 * month for twelve months at most. Null where there is none.
 */
export const goneBy = (names: readonly string[]): string | null => {
  const times = names.flatMap((name) => backupTime(name)?.getTime() ?? []);
  if (times.length === 0) return null;
  const newest = new Date(Math.max(...times));
  // The one that takes its place may be made on the last day of its month.
  const last = Date.UTC(newest.getUTCFullYear(), newest.getUTCMonth() + KEPT.monthly + 1, 0);
  return new Date(last).toISOString().slice(0, 10);
};

/** Pure: the backups among `names` that seven days, four weeks and twelve months no longer need. Other names are left alone. */
export const backupsToRemove = (names: readonly string[]): string[] => {
  const newestFirst = names
    .flatMap((name) => {
      const at = backupTime(name);
      return at ? [{ name, at }] : [];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const kept = new Set((['daily', 'weekly', 'monthly'] as const).flatMap((rotation) => keptBy(rotation, newestFirst)));
  return newestFirst.map(({ name }) => name).filter((name) => !kept.has(name));
};
