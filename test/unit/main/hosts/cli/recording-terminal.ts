import type { Terminal } from '../../../../../src/main/hosts/cli/terminal.ts';

/** A terminal whose lines are kept, by the stream that they would go to. */
export const recordingTerminal = (): { written: { stdout: string; stderr: string }; terminal: Terminal } => {
  const written = { stdout: '', stderr: '' };
  return {
    written,
    terminal: {
      result: (line) => {
        written.stdout += `${line}\n`;
      },
      note: (line) => {
        written.stderr += `${line}\n`;
      },
      progress: () => {},
    },
  };
};
