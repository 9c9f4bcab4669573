/**
 * Composes the services and implements the contract of `src/shared/api.ts`. Knows no host: hosts carry its messages,
 * its bytes and its secrets.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Application,
  type EventName,
  type EventPayload,
  type ProcedureName,
  procedures,
  type Settings,
} from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { imageBudgetBytes } from '#shared/image-memory.ts';
import type { Actor } from './cases/audit/actor.ts';
import { BackupService } from './cases/backup/backup-service.ts';
import { UnfinishedExports } from './cases/export/unfinished-exports.ts';
import type { KeychainPort } from './cases/keys/keychain.ts';
import { type Covered, NOTHING_COVERED } from './cases/readers/covered-cases.ts';
import { Vault } from './cases/vault.ts';
import { BlindedImages } from './cover/blinded-images.ts';
import { asksCover, assertUncovered, withoutCovered } from './cover/covered-answers.ts';
import { EvidenceRows } from './evidence/evidence-rows.ts';
import { assertAllowed } from './identities/boundary.ts';
import { Identities } from './identities/identities.ts';
import { ModelLibrary } from './inference/model-library.ts';
import { PredictionService } from './inference/prediction-service.ts';
import { inferenceAccess } from './inference/vulkan.ts';
import { type Log, openLog } from './log/log.ts';
import { FETCHED_PREFIX, Fetched } from './pacs/fetch/fetched.ts';
import { Unopened } from './pacs/fetch/unopened.ts';
import { PacsNodes } from './pacs/nodes.ts';
import { PacsService } from './pacs/pacs-service.ts';
import { auditHandlers } from './procedures/audit.ts';
import { backupHandlers } from './procedures/backup.ts';
import { boardHandlers } from './procedures/board.ts';
import { caseHandlers } from './procedures/cases.ts';
import { courseHandlers } from './procedures/course.ts';
import { type DecodeShown, decodeShown } from './procedures/decode-shown.ts';
import { type DestinationResolver, deidentifyHandlers, noDestination } from './procedures/deidentify.ts';
import { draftHandlers, Session } from './procedures/draft.ts';
import { evidenceHandlers } from './procedures/evidence.ts';
import { exportCaseHandlers, exporter } from './procedures/export-case.ts';
import { type Called, HandedOverUse, handedOverId } from './procedures/handed-over-use.ts';
import type { Handlers } from './procedures/handlers.ts';
import { identityHandlers } from './procedures/identities.ts';
import { Jobs, jobHandlers } from './procedures/jobs.ts';
import { keyImageHandlers } from './procedures/key-images.ts';
import { modelHandlers } from './procedures/models.ts';
import { neighbourHandlers } from './procedures/neighbours.ts';
import { fetchedPath, pacsHandlers } from './procedures/pacs.ts';
import { patientHandlers } from './procedures/patient.ts';
import { predictionHandlers } from './procedures/prediction.ts';
import { readerHandlers } from './procedures/reader-studies.ts';
import { recordsHandlers } from './procedures/records.ts';
import { reportHandlers } from './procedures/reports.ts';
import { demoSource, openIdOfVolume, studyHandlers, volumeBytes } from './procedures/study.ts';
import { supportHandlers } from './procedures/support.ts';
import { ReportPress } from './reports/press.ts';
import { type Managed, readManaged } from './settings/managed-file.ts';
import { changedSettings, SettingsStore } from './settings/settings-store.ts';
import { DicomStudyService } from './study/dicom-study-service.ts';
import type { StudySource } from './study/records.ts';
import type { StudyService } from './study/service.ts';
import { WorkerClient } from './workers/client.ts';
import type { DiskAccess, SpawnWorker, WorkerKind } from './workers/connection.ts';

export interface ApplicationOptions {
  host: 'electron' | 'loopback' | 'cli';
  version: string;
  platform: string;
  /** Runtimes, for the about box: name → version. */
  versions: Record<string, string>;
  /** Everything the application keeps: records, settings, installed models. */
  dataFolder: string;
  /** What the application brings: `models/`, `demo/`. */
  resourcesFolder: string;
  spawnWorker: SpawnWorker;
  /** BCP 47, from the operating system. */
  locale: string;
  /** Name recorded with changes until the user sets another. */
  userName: string;
  keychain?: KeychainPort | undefined;
  passphrase?: string | undefined;
  /** Where backups go on this workstation; else where a person chose, or the data folder. */
  backupFolder?: string | undefined;
  /** The administrator's file; nothing is managed where there is none. */
  managedFile?: string | undefined;
  /** Execution providers to try, in order; by platform where it is absent. */
  providers?: readonly string[] | undefined;
  /** A host may give paths of its own a meaning, e.g. `upload:<id>` for files handed over by a browser. */
  resolveSource?: ((path: string) => StudySource) | undefined;
  /** Folders that the user chose for a copy, by what the host gave out for them; a host without it writes none. */
  resolveDestination?: DestinationResolver | undefined;
}

/** The application with what a host other than a window needs of it. */
export interface ComposedApplication extends Application {
  readonly studies: StudyService;
  readonly log: Log;
  readonly identities: Pick<Identities, 'assertMay'>;
  /** Where the files of a fetched study lie, for a host that hands them on. Throws `fetched-gone`, and where who is there may not. */
  fetchedFolder(path: string): string;
  /** Worker process ids, for diagnostics; of the study that was opened last. */
  workerPid(kind: WorkerKind): number | undefined;
}

const HOUR_MS = 3_600_000;

/** A folder of some thousand files on a slow disk; quitting does not wait longer. */
const longestTakingBackMs = 10_000;

const isProcedure = (name: string): name is ProcedureName => Object.hasOwn(procedures, name);

const badInput = (name: string, detail: string) =>
  new AppError('bad-input', 'The application was asked for something it does not understand. Nothing was changed.', {
    detail: `${name}: ${detail}`,
  });

export const createApplication = async (options: ApplicationOptions): Promise<ComposedApplication> => {
  const listeners = new Set<(name: EventName, payload: unknown) => void>();
  const tell = <N extends EventName>(name: N, payload: EventPayload<N>) => {
    for (const listener of listeners) listener(name, payload);
  };
  const log = openLog(options.dataFolder);
  log.note('start', { version: options.version, host: options.host, on: JSON.stringify(options.platform) });
  const workerOf = (kind: WorkerKind, access: DiskAccess) =>
    new WorkerClient(
      kind,
      options.spawnWorker,
      (worker, message, description) => {
        log.note('worker-ended', { worker: kind, how: JSON.stringify(description) });
        tell('worker.restarted', { worker, message });
      },
      access,
    );

  const inference = workerOf('inference', inferenceAccess());
  const press = new ReportPress(() => workerOf('report', { read: [] }));
  const { dataFolder, resourcesFolder } = options;
  const managed: Managed = options.managedFile === undefined ? { schema: 1 } : readManaged(options.managedFile);
  const settings = new SettingsStore({
    file: join(dataFolder, 'settings.json'),
    locale: options.locale,
    userName: options.userName,
    managed: managed.settings,
  });
  /** Who made the call that is being answered: what takes long stays theirs, whoever signs in meanwhile. */
  const callers = new AsyncLocalStorage<Actor>();
  const actor = (): Actor => callers.getStore() ?? identities.actor();
  const vault: Vault = new Vault({
    folder: dataFolder,
    keychain: options.keychain,
    passphrase: options.passphrase,
    actor,
  });
  const identities: Identities = new Identities({
    vault,
    singleName: () => settings.get().userName,
    managedRoles: managed.roles,
    changed: () => tell('identity.changed', {}),
    adoptWork: (from, to) => session.adopt(from, to),
    unsavedOfOthers: (owner) => session.hasUnsavedOfOthers(owner),
  });
  /** What whoever calls may not be told of. A locked history tells nothing of anybody. */
  const covered = (): Covered =>
    vault.status().state === 'open' ? vault.store().coveredFor(actor()) : NOTHING_COVERED;
  const blinded = new BlindedImages();
  const session: Session = new Session(() => identities.owner());
  await vault.start();
  const studies = new DicomStudyService((access) => workerOf('dicom', access), {
    cacheBytes: () => imageBudgetBytes(settings.get().imageMemoryMb),
  });
  const models = new ModelLibrary({
    builtInFolder: join(resourcesFolder, 'models'),
    installedFolder: join(dataFolder, 'models'),
    worker: inference,
    providers: options.providers,
    preferred: () => settings.get().defaultModelId,
    providerSetting: () => settings.get().provider,
    measurementsFile: join(dataFolder, 'providers.json'),
    allowed: managed.models,
  });
  /** While somebody confirms the roles, the default model is made ready; a failure shows when it is asked to predict. */
  const warmUp = () => {
    if (options.host !== 'cli') models.provider().catch(() => undefined);
  };
  /** A command line looks at no images, and decodes what it needs. */
  const ahead: DecodeShown = options.host === 'cli' ? () => undefined : decodeShown(studies);
  const predictions = new PredictionService({ studies, models, appVersion: options.version });

  const evidence = new EvidenceRows();
  const jobs = new Jobs((progress) => tell('job.progress', progress));
  const demo = demoSource(resourcesFolder);
  const pacsNodes = new PacsNodes({
    managed: managed.pacs ?? [],
    ownAllowed: managed.ownArchives,
    file: join(dataFolder, 'pacs.json'),
    env: process.env,
    key: () => vault.store().secret('pacs'),
  });
  const pacs = new PacsService((access) => workerOf('pacs', access));
  const fetched = new Fetched(dataFolder);
  const fetchedUse = new HandedOverUse({
    prefix: FETCHED_PREFIX,
    remove: (id) => fetched.remove(id),
    staysForCases: () => settings.get().fetchedStudies === 'end',
  });
  const unopened = new Unopened({
    letGo: (id) => fetchedUse.letGo(id),
    stays: () => settings.get().fetchedStudies === 'end',
  });
  const resolveSource = (path: string): StudySource => {
    const id = handedOverId(FETCHED_PREFIX, path);
    if (id !== undefined) {
      // Somebody comes for it; whether they need it is known once it is open.
      unopened.wait(id);
      // Like what a browser handed over, it is nowhere else, and is gone with this session.
      return { kind: 'upload', path: fetchedPath(fetched, id) };
    }
    return options.resolveSource?.(path) ?? { kind: 'path', path };
  };

  /** A locked history cannot say; nothing is saved into it either. */
  const isErased = (caseId: string): boolean =>
    vault.status().state === 'open' && vault.store().tombstones.some(({ case_id }) => case_id === caseId);

  /** Lets go of the work of every window on cases that were erased. */
  const forgetErased = (): void => {
    try {
      session.forget(new Set(vault.store().tombstones.map(({ case_id }) => case_id)), new Set());
    } catch {
      // Locked, or damaged: `isErased` and the records refuse what is saved of it.
    }
  };

  const noteSettings = (before: Settings, after: Settings) => {
    const changed = changedSettings(before, after);
    if (Object.keys(changed).length > 0) {
      vault.note({ action: 'settings.changed', caseId: null, detail: { settings: changed } });
    }
  };

  const backups = new BackupService({
    vault,
    dataFolder,
    fixedFolder: managed.backupFolder ?? options.backupFolder,
    changed: () => tell('records.changed', {}),
  });

  const unfinished = new UnfinishedExports({
    folder: join(dataFolder, 'unfinished'),
    key: () => vault.store().secret('unfinished'),
  });
  /** What a killed process left of an export holds everything of everybody, and is of no use. */
  const clearUnfinished = () => {
    if (vault.status().state !== 'open') return;
    try {
      const files = unfinished.clear();
      if (files > 0) log.note('unfinished-exports-removed', { files });
    } catch (error) {
      // A history that can only be read has no key for this; nothing else waits for it.
      log.failed('unfinished-exports', error);
    }
  };

  /** What is due every day, while the history is open. The command line is there for one command, and only clears what others left. */
  const daily = async () => {
    clearUnfinished();
    if (options.host === 'cli') return;
    if ((await vault.emptyTrash(settings.get().emptyTrashAfterDays)) > 0) {
      forgetErased();
      tell('records.changed', {});
    }
    await backups.makeIfDue();
  };

  const installedManifests = async () => (await models.list()).models.map(({ manifest }) => manifest);
  const exportInto = exporter({
    vault,
    studies,
    session,
    demoSource: demo,
    manifests: installedManifests,
    language: () => settings.get().language,
    appVersion: options.version,
    press,
  });
  const cases = caseHandlers({
    vault,
    studies,
    session,
    jobs,
    demoSource: demo,
    resolveSource,
    actor,
    changed: (caseId) => tell('records.changed', { caseId }),
    covered,
    decodeShown: ahead,
  });
  const handlers: Handlers = {
    'app.info': () => ({
      name: 'haicast',
      version: options.version,
      host: options.host,
      platform: options.platform,
      versions: options.versions,
      hasDemo: existsSync(demo.path),
      logFile: log.file,
    }),
    'app.pageFailed': ({ code, kind, at }) => {
      log.pageFailed(code, kind, at);
      return { ok: true };
    },
    'settings.get': () => ({
      ...settings.get(),
      managed: [...settings.managed, ...(managed.ownArchives === false ? ['ownArchives'] : [])],
      pacs: pacsNodes.shown(),
      ...(settings.problem ? { problem: settings.problem.toShape() } : {}),
    }),
    'settings.set': (change) => {
      const before = settings.get();
      const after = settings.set(change);
      studies.trim();
      noteSettings(before, after);
      return after;
    },
    ...jobHandlers(jobs),
    ...identityHandlers(identities),
    ...predictionHandlers({ predictions, vault, session, jobs, actor }),
    ...studyHandlers({ studies, jobs, resourcesFolder, resolveSource, decodeShown: ahead, allDecoded: warmUp }),
    ...deidentifyHandlers({
      studies,
      jobs,
      secret: () => vault.store().secret('deidentification'),
      resolveDestination: options.resolveDestination ?? noDestination,
      // A copy that nothing links to the records may leave while they are locked.
      recordExport: (detail) => vault.note({ action: 'study.exported', caseId: null, detail: { ...detail } }),
    }),
    ...modelHandlers({
      models,
      jobs,
      resolveSource,
      keepDefault: (id) => settings.set({ defaultModelId: id }),
      note: (action, detail) => vault.note({ action, caseId: null, detail }),
    }),
    ...backupHandlers({ backups, vault, jobs, resolveDestination: options.resolveDestination ?? noDestination }),
    ...supportHandlers({
      checked: {
        vault,
        backups,
        models,
        dataFolder,
        version: options.version,
        platform: options.platform,
        versions: options.versions,
      },
      settings: () => settings.get(),
      managed: () => settings.managed,
      logFile: log.file,
      jobs,
      resolveDestination: options.resolveDestination ?? noDestination,
      note: (action, detail) => vault.note({ action, caseId: null, detail }),
    }),
    ...auditHandlers({ vault, jobs, resolveDestination: options.resolveDestination ?? noDestination, covered }),
    ...draftHandlers(session, studies, isErased),
    ...keyImageHandlers({ vault, session }),
    ...recordsHandlers({
      vault,
      jobs,
      resolveDestination: options.resolveDestination ?? noDestination,
      resolveSource,
      appVersion: options.version,
      actor,
      unfinished,
      changed: () => {
        tell('records.changed', {});
        void daily();
      },
    }),
    ...courseHandlers({
      vault,
      studies,
      session,
      jobs,
      resourcesFolder,
      resolveSource,
      actor,
      changed: (caseId) => tell('records.changed', { caseId }),
      covered,
    }),
    ...patientHandlers({
      vault,
      studies,
      session,
      backups,
      jobs,
      actor,
      changed: () => tell('records.changed', {}),
    }),
    ...reportHandlers({
      vault,
      manifests: installedManifests,
      settings: () => settings.get(),
      jobs,
      press,
    }),
    ...evidenceHandlers({ vault, jobs, evidence, actor, changed: () => tell('records.changed', {}), covered }),
    ...neighbourHandlers({ vault, session, studies, jobs, evidence, manifests: installedManifests, covered }),
    ...boardHandlers({
      vault,
      session,
      actor,
      changed: (caseId) => tell('records.changed', caseId === undefined ? {} : { caseId }),
      covered,
    }),
    ...exportCaseHandlers({
      vault,
      jobs,
      resolveDestination: options.resolveDestination ?? noDestination,
      exportInto,
    }),
    ...pacsHandlers({
      nodes: pacsNodes,
      service: pacs,
      fetched,
      jobs,
      exportInto,
      assertKept: (caseId) => vault.store().assertKept(caseId),
      isOpen: () => vault.status().state === 'open',
      unopened,
      staysUnopened: () => settings.get().fetchedStudies === 'end',
      note: (event) => vault.note(event),
    }),
    ...cases,
    ...readerHandlers({
      vault,
      session,
      actor,
      covered,
      changed: () => tell('records.changed', {}),
      openImages: cases['cases.openImages'],
      blinded,
    }),
  };

  // Once the host has what it asked for: its window does not wait for a trash to be emptied.
  const soon = setImmediate(() => void daily());
  const hourly = setInterval(() => void daily(), HOUR_MS).unref();

  return {
    studies,
    log,
    identities,
    fetchedFolder(path) {
      identities.assertMay('export');
      return fetchedPath(fetched, handedOverId(FETCHED_PREFIX, path) ?? '');
    },
    workerPid: (kind) => (kind === 'inference' ? inference.pid : studies.processIds.at(-1)),
    async call(name, input) {
      if (!isProcedure(name)) throw badInput(name, 'no such procedure');
      const parsed = procedures[name].input.safeParse(input ?? {});
      if (!parsed.success) {
        // Paths and codes only: a refused value may hold an identifier.
        throw badInput(name, parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join('; '));
      }
      assertAllowed(identities, name, parsed.data);
      const handler = handlers[name] as (input: unknown) => unknown;
      try {
        const by = identities.actor();
        blinded.assertOnlyPictures(name, parsed.data);
        if (asksCover(name)) assertUncovered(name, parsed.data, callers.run(by, covered));
        const result = await callers.run(by, () => handler(parsed.data));
        // Asked once more: a study may have begun while something long was done.
        const told = asksCover(name) ? withoutCovered(name, result, callers.run(by, covered)) : result;
        const answer = procedures[name].output.parse(told);
        await fetchedUse.answered(name, parsed.data as Called, answer as object);
        return answer;
      } catch (error) {
        await fetchedUse.failed(name, parsed.data as Called);
        if (!(error instanceof AppError && error.code === 'cancelled')) log.failed(name, error);
        throw blinded.told(error, parsed.data);
      }
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    bytes: async (path) => {
      // Pictures of a patient are for the eyes of who is signed in.
      identities.assertMay('look');
      try {
        return await volumeBytes(studies, path);
      } catch (error) {
        throw blinded.told(error, { openId: openIdOfVolume(path) });
      }
    },
    async close() {
      // What was written of a copy is taken back before the process that knows of it ends.
      await jobs.cancelAll(longestTakingBackMs);
      listeners.clear();
      clearImmediate(soon);
      clearInterval(hourly);
      await backups.close();
      pacs.close();
      unopened.close();
      studies.closeAll();
      fetched.removeAll();
      unfinished.close();
      inference.close();
      press.close();
      vault.close();
    },
  };
};
