import { spawn } from 'node:child_process';
import { root } from './install.mjs';

/** Runs a program in the foreground, in the project's folder: signals go to it, its exit code is the answer. */
export const run = (command, commandArgs, env = process.env) =>
  new Promise((resolve) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit', env });
    const forward = (signal) => child.kill(signal);
    const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of forwarded) process.on(signal, forward);
    const done = (code) => {
      for (const signal of forwarded) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', () => done(127));
    child.on('exit', (code) => done(code ?? 0));
  });
