/** How each write is made: by the ways that the application makes it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listBackups } from '../../src/main/cases/backup/make-backup.ts';
import { importExport } from '../../src/main/cases/import/import-export.ts';
import type { RecordsStore } from '../../src/main/cases/records-store.ts';
import { hashPassword } from '../../src/main/cases/users/password.ts';
import type { Vault } from '../../src/main/cases/vault.ts';
import type { SettingsStore } from '../../src/main/settings/settings-store.ts';
import { entriesOfWrites, WRITTEN } from './audit-entries.ts';
import {
  courseOf,
  decisionOf,
  inputsOf,
  isDisabledBy,
  listingOf,
  MEETING,
  meetingOf,
  passphraseOf,
  pathOf,
  picturesOf,
  predictedOf,
  readerStudyOf,
  readingOf,
  responseOf,
  roleOf,
  settingsOf,
  timeOfBackup,
  userNamed,
  withoutImages,
} from './contents.ts';
import { WAITS } from './expected.ts';
import type { Importable, Kind, Operation } from './operations.ts';

export interface Folder {
  /** Where backups lie. */
  backups: string;
  /** The file of entries that wait for the log. */
  waiting: string;
  vault: Vault;
  settings: SettingsStore;
  passphrase: string | undefined;
  imports: readonly Importable[];
}

export interface Done {
  id?: string;
  value?: string;
}

const ACTOR = 'a';

const saved = ({ vault }: Folder, { n, id }: Operation, more: object): Done => ({
  id: vault.store().save({ ...inputsOf(n), ...(id ? { caseId: id } : {}), ...more }, ACTOR).id,
});

/** Of one case, in the store. */
const ofCase =
  (work: (store: RecordsStore, id: string, operation: Operation) => void) =>
  ({ vault }: Folder, operation: Operation): Done => {
    const { id = '' } = operation;
    work(vault.store(), id, operation);
    return { id };
  };

const boardWrite =
  (kind: 'listing' | 'decision') =>
  (store: RecordsStore, caseId: string, { n }: Operation): void => {
    const base = store.boardEntries(kind, { caseId, meetingId: MEETING }).at(-1)?.sequence ?? null;
    const place = { caseId, meetingId: MEETING, base };
    if (kind === 'listing') store.writeBoard({ kind, body: listingOf(n), ...place }, ACTOR);
    else store.writeBoard({ kind, body: decisionOf(n), ...place }, ACTOR);
  };

const written = (n: number) => ({ action: WRITTEN, caseId: null, detail: { n } });

const changeUser = async ({ vault }: Folder, { n, user }: Operation): Promise<Done> => {
  const { users } = vault.store();
  const password = await hashPassword(passphraseOf(n));
  const known = user === undefined ? undefined : users.find({ name: user });
  if (known) users.change(known.id, { role: roleOf(n, false), disabled: isDisabledBy(n), password }, ACTOR);
  else users.add({ name: userNamed(n), role: roleOf(n, !users.any()), password }, ACTOR);
  // As whoever asks who has to sign in does: keys.json is told.
  vault.hasUsers();
  return {};
};

const signInFails = ({ vault }: Folder): Done => {
  const { users } = vault.store();
  const [first] = users.list();
  users.signInFailed(first && users.find({ id: first.id }), first ? 'password' : 'unknown');
  return {};
};

const takeOver = async ({ vault, imports }: Folder, { id = '' }: Operation): Promise<Done> => {
  const one = imports.find((importable) => importable.id === id);
  if (!one) throw new Error('planned without an export');
  await importExport(vault.store(), { path: one.path, passphrase: undefined, dryRun: false, actor: ACTOR });
  return { id };
};

const putBack = async ({ vault, backups }: Folder): Promise<Done> => {
  const [newest] = await listBackups(backups);
  if (!newest) throw new Error('planned without a backup');
  await vault.restore(join(backups, newest.name), newest, { made: newest.at });
  return {};
};

const changePassphrase = async (folder: Folder, { n }: Operation): Promise<Done> => {
  const passphrase = passphraseOf(n);
  const known = { current: folder.passphrase };
  const recoveryKey = await folder.vault.newRecoveryKey(known);
  await folder.vault.rekey({ ...known, passphrase, recoveryKey });
  folder.passphrase = passphrase;
  return {};
};

/**
 * What is done while the history is locked is in its log once it is open again, if that can be written. Where the file that it
 * waited in cannot be removed then, a backup that is put back gets it, too.
 */
const lockAndUnlock = async ({ vault, waiting }: Folder, { n }: Operation): Promise<Done> => {
  await vault.lock();
  vault.note(written(n));
  await vault.unlock({});
  const isInLog = vault.store().compare(entriesOfWrites).includes(n);
  return isInLog && !existsSync(waiting) ? {} : { value: WAITS };
};

export const perform: Record<Kind, (folder: Folder, operation: Operation) => Done | Promise<Done>> = {
  create: (folder, one) => saved(folder, one, { ...predictedOf(one.n), ...picturesOf(one.n) }),
  save: (folder, one) => saved(folder, one, {}),
  predict: (folder, one) => saved(folder, one, predictedOf(one.n)),
  pictures: (folder, one) => saved(folder, one, picturesOf(one.n)),
  relink: ofCase((store, id, { n }) => store.relink(id, { kind: 'path', path: pathOf(n) }, ACTOR)),
  table: ({ vault }, { n }) => {
    const [id] = vault.store().keepWithoutImages([withoutImages(n)], ACTOR);
    return id === undefined ? {} : { id };
  },
  import: takeOver,
  trash: ofCase((store, id) => store.trash(id, ACTOR)),
  restore: ofCase((store, id) => store.restore(id, ACTOR)),
  erase: ofCase((store, id) => store.erase(id, 'request', ACTOR)),
  'erase-patient': ofCase((store, id) => store.erasePatient([id], ACTOR)),
  'empty-trash': ({ vault }) => {
    vault.store().emptyTrash('9999', ACTOR, 100);
    return {};
  },
  course: ofCase((store, id, { n }) => {
    store.writeCourse(id, courseOf(n, store.course(id)), { actor: ACTOR });
  }),
  response: ofCase((store, id, { n }) => {
    store.writeCourse(id, responseOf(n, store.course(id)), { actor: ACTOR });
  }),
  meeting: ({ vault }, { n }) => {
    const store = vault.store();
    const base = store.meetings()[0]?.base ?? null;
    store.writeMeeting({ id: MEETING, meeting: meetingOf(n, store.ids()), base }, ACTOR);
    return {};
  },
  question: ofCase(boardWrite('listing')),
  decision: ofCase(boardWrite('decision')),
  reading: ofCase((store, id, { n }) => {
    const study = readerStudyOf(n, id);
    store.writeReaderStudy({ action: 'readerStudy.begun', study, base: null }, ACTOR);
    store.lockReading({ studyId: study.id, caseId: id, reader: 'name:a', kind: 'first', body: readingOf(n) }, ACTOR);
  }),
  user: changeUser,
  'sign-in': signInFails,
  backup: async ({ vault, backups }, { n }) => {
    await vault.backup({ folder: backups, now: timeOfBackup(n) });
    return {};
  },
  'put-back': putBack,
  record: ({ vault }, { n }) => {
    vault.store().record(written(n), ACTOR);
    return {};
  },
  secret: ({ vault }, { n }) => ({ value: Buffer.from(vault.store().secret(`secret-${n}`)).toString('hex') }),
  passphrase: changePassphrase,
  setting: ({ settings }, { n }) => {
    settings.set(settingsOf(n));
    return {};
  },
  lock: lockAndUnlock,
  salvage: async ({ vault }) => {
    await vault.salvage(ACTOR);
    return {};
  },
};
