/** Which values of a message are words, and how they are put: the same rule for every language. */
import type { MessageParams } from './message.ts';

/** Finds the words of a language, e.g. `role.arterial`; `undefined` where it has none. */
export type WordBook = (key: string, params?: MessageParams) => string | undefined;

/**
 * How the values of a name are said. `word` looks a value up in a group, `list` each of several that are joined by
 * commas, `count` takes a number with its noun, `time` is a number of seconds.
 */
type Saying =
  | { as: 'word'; group: string }
  | { as: 'list'; group: string; join: 'and' | 'or' }
  | { as: 'count'; group: string }
  | { as: 'time' };

const role: Saying = { as: 'word', group: 'role' };

/** By the name of the value. What is not here is shown as it is: numbers, DICOM values, descriptions. */
export const sayings: Readonly<Record<string, Saying>> = {
  role,
  byName: role,
  byTime: role,
  phases: { as: 'list', group: 'role', join: 'and' },
  claimed: { as: 'list', group: 'role', join: 'or' },
  fitting: { as: 'list', group: 'role', join: 'or' },
  kind: { as: 'word', group: 'kind' },
  plane: { as: 'word', group: 'plane' },
  exclusion: { as: 'word', group: 'exclusion' },
  merits: { as: 'list', group: 'merit', join: 'and' },
  seriesKind: { as: 'word', group: 'seriesKind' },
  numberedBy: { as: 'word', group: 'numberedBy' },
  object: { as: 'word', group: 'object' },
  places: { as: 'count', group: 'places' },
  images: { as: 'count', group: 'images' },
  entries: { as: 'count', group: 'entries' },
  after: { as: 'time' },
  before: { as: 'time' },
  about: { as: 'time' },
  delay: { as: 'time' },
  distance: { as: 'time' },
};

/** From this on, seconds are said as minutes. */
const minutesFrom = 120;

const timeIn = (book: WordBook, seconds: number): string | undefined => {
  const whole = Math.round(seconds);
  if (Math.abs(whole) < minutesFrom) return book('time.seconds', { s: whole });
  const minutes = Math.trunc(whole / 60);
  const rest = Math.abs(whole) % 60;
  return rest === 0 ? book('time.minutes', { m: minutes }) : book('time.both', { m: minutes, s: rest });
};

const said = (saying: Saying, value: string | number, book: WordBook): string | undefined => {
  switch (saying.as) {
    case 'time':
      return timeIn(book, Number(value));
    case 'count':
      return book(`${saying.group}.${Number(value) === 1 ? 'one' : 'other'}`, { count: value });
    case 'word':
      return book(`${saying.group}.${value}`);
    case 'list': {
      const words = String(value).split(',');
      return words.map((word) => book(`${saying.group}.${word}`) ?? word).join(book(`join.${saying.join}`) ?? ', ');
    }
  }
};

/** The values of a message as a language puts them. A word that it does not have is shown as it came. */
export const inWords = (params: MessageParams, book: WordBook): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const saying = Object.hasOwn(sayings, name) ? sayings[name] : undefined;
      return [name, (saying && said(saying, value, book)) ?? String(value)];
    }),
  );
