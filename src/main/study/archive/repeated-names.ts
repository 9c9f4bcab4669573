import { noteSentence } from '#shared/study/messages/notes.ts';
import type { QualityNote } from '#shared/study/study.ts';
import type { InputFile } from '../bytes/input.ts';
import { guessMark } from './file-name.ts';

/** A name as any file system may take it: case, composed letters, and components that say nothing make no difference. */
const plain = (name: string): string =>
  name
    .replace(guessMark, '')
    .normalize('NFC')
    .toLowerCase()
    .split(/[/\\]/)
    .filter((component) => component !== '' && component !== '.')
    .join('/');

/** Says how many files of an archive have a name that another has too, as it is written or as a file system takes it. */
export const repeatedNamesNote = (files: readonly InputFile[]): QualityNote[] => {
  const names = new Set(files.map(({ file }) => plain(file)));
  const repeated = files.length - names.size;
  return repeated > 0 ? [{ severity: 'info', ...noteSentence('names-repeat', { entries: repeated }) }] : [];
};
