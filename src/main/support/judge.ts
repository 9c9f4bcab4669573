/** What was gathered of the workstation, judged: pure, one function a subject. */
import type { ProviderReport, RecordsStatus } from '#shared/api.ts';
import type { BackupStatus } from '#shared/cases/backup.ts';
import type { Finding, SelfCheckCode, SelfCheckState, SelfCheckSubject } from '#shared/self-check.ts';

const finding = (
  subject: SelfCheckSubject,
  state: SelfCheckState,
  code: SelfCheckCode,
  params: Finding['params'] = {},
): Finding => ({ subject, state, code, params });

const DAMAGED = new Set(['records-damaged', 'records-corrupt']);

export const judgeRecords = ({ state, code, cases = 0 }: RecordsStatus): Finding => {
  if (DAMAGED.has(code ?? '')) return finding('records', 'bad', 'records-damaged');
  if (state === 'open') return finding('records', 'good', 'records-open', { cases });
  if (state === 'new') return finding('records', 'good', 'records-new');
  if (state === 'locked') return finding('records', 'attention', 'records-locked');
  return finding('records', 'bad', 'records-unavailable', { code: code ?? 'unknown' });
};

export const judgeBackup = ({ backups, isMissed, isOnSameDisk, problem }: BackupStatus): Finding => {
  if (isMissed && problem) return finding('backup', 'bad', 'backup-failed', { code: problem });
  if (isMissed) return finding('backup', 'bad', 'backup-missed');
  const [last] = backups;
  if (!last) return finding('backup', 'good', 'backup-none');
  const { at, cases } = last;
  if (isOnSameDisk) return finding('backup', 'attention', 'backup-same-disk', { at, cases });
  return finding('backup', 'good', 'backup-good', { at, cases });
};

/** @param model the one that predicts unless another is chosen */
export const judgeModel = (model: { id: string; version: string } | undefined, rejected: number): Finding => {
  if (!model) return finding('model', 'bad', 'model-none');
  const { id, version } = model;
  if (rejected > 0) return finding('model', 'attention', 'model-rejected', { id, version, rejected });
  return finding('model', 'good', 'model-good', { id, version });
};

/** @param report code of the error where the model could not be computed at all */
export const judgeProvider = (report: Pick<ProviderReport, 'provider' | 'figures'> | string): Finding => {
  if (typeof report === 'string') return finding('provider', 'bad', 'provider-none', { code: report });
  const { provider, figures } = report;
  const ms = Math.round(figures.find((one) => one.provider === provider)?.warmMs ?? 0);
  // One that this computer does not have is no news; one that computes wrong is.
  const refused = figures.filter(({ reason, largestError }) => reason !== undefined && largestError !== undefined);
  if (refused.length === 0) return finding('provider', 'good', 'provider-good', { provider, ms });
  const names = refused.map((one) => one.provider).join(', ');
  return finding('provider', 'attention', 'provider-refused', { provider, refused: names });
};

const MB = 1024 ** 2;
/** A backup of a large history and a copy of a study fit in. */
const LOW_MB = 2_048;
/** A save, its log and the log file fit in. */
const FULL_MB = 200;

/** @param free bytes that this user may write, or the code of the error where that cannot be found out */
export const judgeDisk = (free: number | string): Finding => {
  if (typeof free === 'string') return finding('disk', 'bad', 'disk-refused', { code: free });
  const mb = Math.floor(free / MB);
  if (mb < FULL_MB) return finding('disk', 'bad', 'disk-full', { mb });
  return finding('disk', mb < LOW_MB ? 'attention' : 'good', mb < LOW_MB ? 'disk-low' : 'disk-good', { mb });
};

/** This program is not older. */
const MADE_AFTER = '2026-11-01T00:00:00.000Z';
/** Clocks of one computer that follow a time server are set back by seconds, and no more. */
const TOLERATED_MS = 60_000;

/** @param latest the latest time that anything was kept at, ISO 8601; undefined where nothing tells */
export const judgeClock = (now: Date, latest: string | undefined): Finding => {
  const at = now.toISOString();
  if (at < MADE_AFTER) return finding('clock', 'bad', 'clock-unset', { at });
  if (latest !== undefined && Date.parse(latest) > now.getTime() + TOLERATED_MS)
    return finding('clock', 'bad', 'clock-behind', { at, last: latest });
  return finding('clock', 'good', 'clock-good', { at });
};

export const judgeVersions = (version: string, platform: string, versions: Readonly<Record<string, string>>): Finding =>
  finding('versions', 'good', 'versions-known', {
    version,
    platform,
    runtimes: Object.entries(versions)
      .map(([name, one]) => `${name} ${one}`)
      .join(', '),
  });
