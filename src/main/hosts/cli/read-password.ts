import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '#shared/errors.ts';
import { printable } from '../printable.ts';

/** Asks for a password, or takes it from a file descriptor; never from the command line, which everybody can read. */
export type ReadPassword = (prompt: string, descriptor: number | undefined) => Promise<string>;

const fromDescriptor = (descriptor: number): string => {
  try {
    const [line = ''] = readFileSync(descriptor, 'utf8').split(/\r?\n/);
    return line;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new AppError('usage', `File descriptor ${descriptor} cannot be read (${code}).`);
  }
};

/** What is typed is not shown. */
const fromTerminal = (prompt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
    process.stderr.write(printable(prompt));
    let answered = false;
    lines.on('SIGINT', () => lines.close());
    lines.once('line', (line) => {
      answered = true;
      lines.close();
      resolve(line);
    });
    lines.once('close', () => {
      process.stderr.write('\n');
      if (!answered) reject(new AppError('cancelled', 'Cancelled.'));
    });
  });

export const readPassword: ReadPassword = async (prompt, descriptor) => {
  if (descriptor !== undefined) return fromDescriptor(descriptor);
  if (process.stdin.isTTY) return fromTerminal(prompt);
  throw new AppError(
    'usage',
    'There is no terminal to ask for a password. Give it by a file descriptor, e.g. --password-fd 3 3<FILE.',
  );
};
