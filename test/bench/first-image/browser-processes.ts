/** What the processes of a measured browser take: processor time, and the most memory that was ever resident. Linux. */
import { readFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import type { Browser } from '@playwright/test';

export interface Taken {
  /** Processor time of all processes of the browser, ms. */
  cpuMs: number;
  /** The page's own process, bytes. */
  pageBytes: number;
  /** The process that draws for it, bytes. */
  drawingBytes: number;
}

const processesOf = async (browser: Browser) => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo;
};

/** A browser gives its processes the usual priority: they get that of whoever measures. */
export const withOwnPriority = async (browser: Browser): Promise<void> => {
  for (const { id } of await processesOf(browser)) setPriority(id, getPriority());
};

const mostResident = (id: number): number => {
  try {
    return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

export const takenBy = async (browser: Browser): Promise<Taken> => {
  const processes = await processesOf(browser);
  // Of several the page's is the largest: the others hold parts of the browser's own window.
  const most = (type: string) =>
    Math.max(0, ...processes.filter((one) => one.type === type).map(({ id }) => mostResident(id)));
  return {
    cpuMs: processes.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0),
    pageBytes: most('renderer'),
    drawingBytes: most('GPU'),
  };
};
