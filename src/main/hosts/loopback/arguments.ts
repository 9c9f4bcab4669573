import { AppError } from '#shared/errors.ts';

export interface LoopbackArguments {
  /** 0 takes a free port. */
  port: number;
  open: boolean;
  /** A study to open at once. */
  path?: string;
}

const USAGE = 'Use: npm start -- [--port N] [--no-open] [FOLDER, ZIP or DICOMDIR]';

const portOf = (text: string | undefined): number => {
  const port = Number(text);
  if (text === undefined || !/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new AppError('usage', `--port needs a number from 0 to 65535. ${USAGE}`);
  }
  return port;
};

/** Throws `usage` for what it does not know. */
export const parseArguments = (args: readonly string[]): LoopbackArguments => {
  const parsed: LoopbackArguments = { port: 0, open: true };
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--no-open') parsed.open = false;
    else if (argument === '--port') parsed.port = portOf(rest.shift());
    else if (argument.startsWith('--port=')) parsed.port = portOf(argument.slice('--port='.length));
    else if (argument.startsWith('-') || parsed.path !== undefined) {
      throw new AppError('usage', `"${argument}" is not understood. ${USAGE}`);
    } else parsed.path = argument;
  }
  return parsed;
};
