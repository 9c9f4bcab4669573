/** Names of files as people can read them: paths are bytes, and not all of them are UTF-8. */
import { decodeGuessed, type GuessedEncoding, guessEncoding } from '../text/guess-encoding.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Behind a name whose characters were guessed. */
export const guessMark = ' [?]';

const utf8Name = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** Shows names that belong together, of one folder or archive: those that are not UTF-8 by one guess, and marked so. */
export const nameReader = (names: readonly Uint8Array[]): ((name: Uint8Array) => string) => {
  let encoding: GuessedEncoding | undefined;
  return (name) => {
    const exact = utf8Name(name);
    if (exact !== undefined) return exact;
    encoding ??= guessEncoding(names.filter((other) => utf8Name(other) === undefined));
    return decodeGuessed(name, encoding) + guessMark;
  };
};
