import { parseArgs } from 'node:util';
import { AppError } from '#shared/errors.ts';

export interface LoopbackArguments {
  /** 0 takes a free port. */
  port: number;
  open: boolean;
  /** Where the recovery key of a new history is written, instead of on standard error. */
  recoveryKeyFile?: string;
  /** A study to open at once. */
  path?: string;
}

const USAGE = 'Use: npm start -- [--port N] [--no-open] [--recovery-key-file FILE] [FOLDER, ZIP or DICOMDIR]';

const usage = (problem: string): AppError => new AppError('usage', `${problem} ${USAGE}`);

const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw usage('--port needs a number from 0 to 65535.');
  return port;
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        'recovery-key-file': { type: 'string' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw usage(error instanceof Error ? `${error.message}.` : '');
  }
};

/** Throws `usage` for what it does not know. */
export const parseArguments = (args: readonly string[]): LoopbackArguments => {
  const { values, positionals } = parse(args);
  const [path, another] = positionals;
  if (another !== undefined) throw usage(`"${another}" is one study too many.`);
  return {
    port: portOf(values.port),
    open: !values['no-open'],
    ...(values['recovery-key-file'] === undefined ? {} : { recoveryKeyFile: values['recovery-key-file'] }),
    ...(path === undefined ? {} : { path }),
  };
};
