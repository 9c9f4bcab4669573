import { execFileSync } from 'node:child_process';

interface RunningProcess {
  id: number;
  parent: number;
  /** The command line, as the system lists it. */
  command: string;
}

const LINE = /^\s*(\d+)\s+(\d+)\s+(.*)$/;

const runningProcesses = (): RunningProcess[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 24 })
    .split('\n')
    .flatMap((line) => {
      const [, id, parent, command = ''] = LINE.exec(line) ?? [];
      return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
    });

export const childrenOf = (id: number): RunningProcess[] => runningProcesses().filter(({ parent }) => parent === id);

/** The process and all that came of it, parents before their children. */
const treeOf = (id: number): number[] => {
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
