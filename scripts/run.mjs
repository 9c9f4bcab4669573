import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './install.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the foreground: signals go to it, its exit code is the answer; 128 and the signal's number where one
 * ended it. A terminal gives its Ctrl+C to every program in the foreground itself: handed on, it would be a second one,
 * which means "do not wait".
 * @param {string} command
 * @param {string[]} commandArgs
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] without `cwd` in the project's folder
 * @returns {Promise<number>}
 */
export const run = (command, commandArgs, { cwd = root, env = process.env } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, commandArgs, { cwd, stdio: 'inherit', env });
    const handOn = (signal) => {
      if (!(process.stdin.isTTY && signal === 'SIGINT')) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, handOn);
    const done = (code) => {
      for (const signal of SIGNALS) process.off(signal, handOn);
      resolve(code);
    };
    child.on('error', () => done(127));
    child.on('exit', (code, signal) => done(signal ? 128 + constants.signals[signal] : code));
  });
