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

const portOf = (text: string | undefined): number => {
  const port = Number(text);
  if (text === undefined || !/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new AppError('usage', `--port needs a number from 0 to 65535. ${USAGE}`);
  }
  return port;
};

const fileOf = (text: string | undefined): string => {
  if (text === undefined || text.startsWith('-')) {
    throw new AppError('usage', `--recovery-key-file needs the name of a new file. ${USAGE}`);
  }
  return text;
};

/** Throws `usage` for what it does not know. */
export const parseArguments = (args: readonly string[]): LoopbackArguments => {
  const parsed: LoopbackArguments = { port: 0, open: true };
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--no-open') parsed.open = false;
    else if (argument === '--port') parsed.port = portOf(rest.shift());
    else if (argument.startsWith('--port=')) parsed.port = portOf(argument.slice('--port='.length));
    else if (argument === '--recovery-key-file') parsed.recoveryKeyFile = fileOf(rest.shift());
    else if (argument.startsWith('-') || parsed.path !== undefined) {
      throw new AppError('usage', `"${argument}" is not understood. ${USAGE}`);
    } else parsed.path = argument;
  }
  return parsed;
};
