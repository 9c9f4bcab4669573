import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface RunningProcess {
  id: number;
  parent: number;
  /** The command line, as the system lists it. */
  command: string;
}

const LINE = /^\s*(\d+)\s+(\d+)\s+(.*)$/;

const listed = (): RunningProcess[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 24 })
    .split('\n')
    .flatMap((line) => {
      const [, id, parent, command = ''] = LINE.exec(line) ?? [];
      return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
    });

/** A process that ended while it was read is none. */
const inProc = (id: string): RunningProcess[] => {
  try {
    // The name, in brackets, may hold anything; the state and the parent follow it (proc(5)).
    const [, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return [{ id: Number(id), parent: Number(parent), command }];
  } catch {
    return [];
  }
};

/** A bare Linux has no `ps`. */
const runningProcesses = (): RunningProcess[] =>
  process.platform === 'linux'
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap(inProc)
    : listed();

export const childrenOf = (id: number): RunningProcess[] => runningProcesses().filter(({ parent }) => parent === id);

/** The process and all that came of it, parents before their children. */
export const treeOf = (id: number): number[] => {
  const all = runningProcesses();
  const tree = [id];
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member).map((child) => child.id));
  return tree;
};

const killAtOnce = (id: number): void => {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // Died with its parent.
  }
};

/**
 * A power cut for a process and its children. The system is asked who they are, not the process: one that is busy, or is
 * being killed, has no answer.
 */
export const killTree = (id: number): void => {
  if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(id), '/T', '/F']);
  else for (const member of treeOf(id)) killAtOnce(member);
};
