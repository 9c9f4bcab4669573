import { describe, expect, test } from 'vitest';
import { backupName, backupsToRemove, backupTime, goneBy } from '../../../../../src/main/cases/backup/backup-names.ts';

const DAY_MS = 86_400_000;

/** As `makeBackup` does it every day: what is there after `days` days from Thursday, 1 January 2026. */
const keptAfter = (days: number, times: readonly number[] = [9]): string[] => {
  let names: string[] = [];
  for (let day = 0; day < days; day++) {
    for (const hour of times) {
      names.push(backupName(new Date(Date.UTC(2026, 0, 1) + day * DAY_MS + hour * 3_600_000)));
      const gone = new Set(backupsToRemove(names));
      names = names.filter((name) => !gone.has(name));
    }
  }
  return names.map((name) => name.slice(8, 18)).toReversed();
};

describe('the rotation of backups', () => {
  test('keeps a name that says when it was made, and takes no other name for one', () => {
    const at = new Date('2026-03-04T05:06:07.000Z');
    expect(backupName(at)).toBe('haicast-2026-03-04T050607Z');
    expect(backupTime(backupName(at))).toStrictEqual(at);
    expect(backupTime('.incoming-haicast-2026-03-04T050607Z')).toBeUndefined();
    expect(backupsToRemove(['thesis', 'haicast-old', 'records.db'])).toStrictEqual([]);
  });

  test.each([1, 15, 28])(
    'has removed what is there by the day that is told, where one is made each month on day %i',
    (day) => {
      const first = backupName(new Date(Date.UTC(2026, 4, 4)));
      const told = goneBy([first]) ?? '';
      let names = [first];
      for (let month = 5; names.includes(first); month++) {
        const at = new Date(Date.UTC(2026, month, day));
        expect(at.toISOString().slice(0, 10) <= told).toBe(true);
        names.push(backupName(at));
        const gone = new Set(backupsToRemove(names));
        names = names.filter((name) => !gone.has(name));
      }
    },
  );

  test('keeps seven days, four weeks and twelve months after two years', () => {
    // 730 days from 1 January 2026 end on Friday, 31 December 2027.
    expect(keptAfter(730)).toStrictEqual([
      '2027-12-31',
      '2027-12-30',
      '2027-12-29',
      '2027-12-28',
      '2027-12-27',
      '2027-12-26',
      '2027-12-25',
      // Sundays, the last days of their weeks; 26 December is among the days.
      '2027-12-19',
      '2027-12-12',
      '2027-11-30',
      '2027-10-31',
      '2027-09-30',
      '2027-08-31',
      '2027-07-31',
      '2027-06-30',
      '2027-05-31',
      '2027-04-30',
      '2027-03-31',
      '2027-02-28',
      '2027-01-31',
    ]);
  });

  test('keeps the newest of a day alone', () => {
    expect(keptAfter(3, [8, 12, 20])).toStrictEqual(['2026-01-03', '2026-01-02', '2026-01-01']);
  });
});
