/** The whole table of what "saved" may mean: where the images are × how it is saved × how the records are. */
import type { BrowserWindow } from 'electron';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { ProcedureName } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import { NOTHING_COVERED } from '../../../../src/main/cases/readers/covered-cases.ts';
import type { RecordsStore } from '../../../../src/main/cases/records-store.ts';
import { toRecordError } from '../../../../src/main/cases/sql/record-errors.ts';
import type { Vault } from '../../../../src/main/cases/vault.ts';
import { saveDraft } from '../../../../src/main/hosts/electron/unsaved/save-draft.ts';
import { guardUnsaved } from '../../../../src/main/hosts/electron/unsaved/unsaved-guard.ts';
import { caseHandlers } from '../../../../src/main/procedures/cases.ts';
import { draftHandlers, Session } from '../../../../src/main/procedures/draft.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import type { StudyService } from '../../../../src/main/study/service.ts';
import { useCommands } from '../../../../src/renderer/composables/commands.ts';
import { useCaseFlow } from '../../../../src/renderer/composables/use-case-flow.ts';
import { useKeptCases } from '../../../../src/renderer/composables/use-kept-cases.ts';
import { i18n } from '../../../../src/renderer/locales/index.ts';
import { useCaseStore } from '../../../../src/renderer/stores/case.ts';
import { type Conflict, type ConflictAnswer, useDialogsStore } from '../../../../src/renderer/stores/dialogs.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';
import { sampleCase, sampleStudy } from '../../main/cases/sample-case.ts';
import { temporaryStore } from '../../main/cases/temporary-store.ts';

const { carrier, native } = vi.hoisted(() => ({
  carrier: { call: async (_name: string, _input: unknown): Promise<unknown> => undefined },
  native: { shown: [] as { message: string }[], quits: 0 },
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({
    call: (name: string, input: unknown) => carrier.call(name, structuredClone(input)),
    on: () => undefined,
  }),
  useHost: () => ({ setDirty: () => undefined, setProgress: () => undefined, windowId: async () => 'w' }),
}));
vi.mock('vue-router', () => ({ useRouter: () => ({ push: () => undefined }) }));
vi.mock('electron', () => ({
  app: { on: () => undefined, quit: () => (native.quits += 1) },
  dialog: {
    showMessageBox: async (_window: unknown, box: { message: string; buttons: string[] }) => {
      native.shown.push(box);
      return { response: 0 };
    },
  },
}));

const images = ['there', 'gone', 'uploaded'] as const;
const ways = ['button', 'Ctrl+S', 'unsaved dialog', 'close', 'quit'] as const;
const records = ['open', 'locked', 'read-only', 'disk full', 'trashed'] as const;
type Images = (typeof images)[number];
type Way = (typeof ways)[number];
type Records = (typeof records)[number];

const sqliteCode = { 'read-only': 'SQLITE_READONLY', 'disk full': 'SQLITE_FULL' } as const;
const said = {
  open: ['info', 'Case saved.'],
  trashed: ['warning', expect.stringContaining('in the trash')],
  locked: ['warning', expect.stringContaining('records are not open')],
  'read-only': ['error', expect.stringContaining('read-only')],
  'disk full': ['error', expect.stringContaining('disk is full')],
} as const;

/** The application's own handlers over a real record store that can be made to fail. */
const application = (where: Images, state: Records) => {
  const store = temporaryStore();
  const study = sampleStudy();
  const opened: OpenedStudies = { openId: 'open', name: '', studies: [study], skipped: [], files: 1, elapsedMs: 1 };
  const failing =
    state === 'read-only' || state === 'disk full'
      ? new Proxy(store, {
          get: (target, key) =>
            key === 'save'
              ? () => {
                  throw toRecordError(Object.assign(new Error('no'), { code: sqliteCode[state] }));
                }
              : Reflect.get(target, key).bind(target),
        })
      : store;
  const vault = {
    store: (): RecordsStore => {
      if (state === 'locked') throw new AppError('records-locked', 'The case history is locked. Unlock it first.');
      return failing;
    },
  } as Vault;
  const studies = {
    opened: (id: string) => (id === 'open' ? opened : undefined),
    source: () => ({ kind: where === 'uploaded' ? 'upload' : 'path', path: '/images/one' }),
    study: () => study,
  } as unknown as StudyService;
  const session = new Session();
  const handlers = {
    ...caseHandlers({
      vault,
      studies,
      session,
      jobs: new Jobs(() => undefined),
      demoSource: { kind: 'demo', path: '' },
      resolveSource: (path) => ({ kind: 'path', path }),
      actor: () => 'Dr A',
      changed: () => undefined,
      covered: () => NOTHING_COVERED,
      decodeShown: () => {},
    }),
    ...draftHandlers(session, studies),
    'records.status': () => ({ state: state === 'locked' ? 'locked' : 'open', keeper: 'passphrase' }),
    'study.close': () => ({ ok: true }),
    'study.openDemo': () => ({ opened, factors: {}, lesions: [] }),
  } as unknown as Record<ProcedureName, (input: unknown) => unknown>;
  const calls: string[] = [];
  carrier.call = async (name, input) => {
    calls.push(name);
    return handlers[name as ProcedureName](input);
  };
  return { store, opened, calls, call: carrier.call };
};

const withCommands = async (): Promise<ReturnType<typeof useCommands>> => {
  let commands: ReturnType<typeof useCommands> | undefined;
  const app = createSSRApp({
    setup() {
      commands = useCommands();
      return () => null;
    },
  });
  await renderToString(app.use(i18n));
  if (!commands) throw new Error('no commands');
  return commands;
};

/** The page as a user meets it: they dismiss what asks for a key, and answer *Save and go on*. */
const answerDialogs = () => {
  const dialogs = useDialogsStore();
  dialogs.$subscribe(
    () => {
      dialogs.records?.answer(false);
      dialogs.unsaved?.answer('save');
    },
    { flush: 'sync' },
  );
};

const closeWindow = async (call: typeof carrier.call, quitting: boolean) => {
  let closing: (event: { preventDefault(): void }) => void = () => undefined;
  const { promise: asked, resolve: pageAsked } = Promise.withResolvers<'asked'>();
  const { promise: gone, resolve: windowGone } = Promise.withResolvers<'gone'>();
  const window = {
    on: (_event: string, listener: typeof closing) => {
      closing = listener;
    },
    close: () => windowGone('gone'),
    setDocumentEdited: () => undefined,
  } as unknown as BrowserWindow;
  const { app } = await import('electron');
  const on = vi.spyOn(app, 'on').mockImplementation(((event: string, listener: () => void) => {
    if (event === 'before-quit' && quitting) listener();
    return app;
  }) as typeof app.on);
  vi.spyOn(app, 'quit').mockImplementation(() => windowGone('gone'));
  const texts = { unsaved: { message: 'unsaved?', inTrash: 'in the trash' } } as never;
  const guard = guardUnsaved(window, {
    texts: () => texts,
    save: async () => {
      const outcome = await saveDraft({ call });
      if (outcome === 'not-saved') pageAsked('asked');
      return outcome;
    },
  });
  on.mockRestore();
  guard.setDirty(true);
  closing({ preventDefault: () => undefined });
  return await Promise.race([asked, gone]);
};

beforeEach(() => {
  setActivePinia(createPinia());
  native.shown = [];
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

const rows = images.flatMap((where) => ways.flatMap((way) => records.map((state) => ({ where, way, state }))));

describe('saving a kept case', () => {
  it.each(rows)('images $where, by $way, records $state', async ({ where, way, state }) => {
    const { store, opened, calls, call } = application(where, state);
    const kept = (() => {
      const { prediction: _none, ...input } = sampleCase();
      const { id } = store.save(input, 'Dr A');
      if (state === 'trashed') store.trash(id, 'Dr A');
      return store.get(id);
    })();
    const current = useCaseStore();
    current.resume(kept, where === 'gone' ? undefined : opened);
    current.setNote('edited');
    await Promise.resolve();
    answerDialogs();

    const save: Record<Way, () => unknown> = {
      button: () => useCaseFlow().save(),
      'Ctrl+S': async () => (await withCommands()).value.find(({ keys }) => keys === 'Ctrl S')?.run(),
      'unsaved dialog': () => useCaseFlow().openDemo(),
      close: () => closeWindow(call, false),
      quit: () => closeWindow(call, true),
    };
    const outcome = await save[way]();

    const isStored = state === 'open' || state === 'trashed';
    const after = store.get(kept.id);
    expect(after.note).toBe(isStored ? 'edited' : kept.note);
    expect(after.trashedAt).toBe(kept.trashedAt);
    expect(after.source).toEqual(where === 'uploaded' && isStored ? { kind: 'upload', path: '' } : kept.source);
    const notices = useNoticesStore().notices.map(({ kind, text }) => [kind, text()]);
    if (way === 'close' || way === 'quit') {
      expect(outcome).toBe(isStored ? 'gone' : 'asked');
      expect(native.shown.map(({ message }) => message)).toEqual(
        state === 'trashed' ? ['unsaved?', 'in the trash'] : ['unsaved?'],
      );
      return;
    }
    expect(notices).toEqual([said[state]]);
    expect(calls.includes('study.openDemo')).toBe(way === 'unsaved dialog' && isStored);
    if (way !== 'unsaved dialog') expect(current.dirty).toBe(!isStored);
  });
});

describe('a message about the trash', () => {
  it('offers to take the case back, and says so once it is back', async () => {
    const { store } = application('there', 'open');
    const { id } = store.save(sampleCase(), 'Dr A');
    const kept = useKeptCases();
    await kept.trash(id);
    const [notice] = useNoticesStore().notices;
    expect(notice?.text()).toBe('Case moved to the trash.');
    await notice?.action?.run();
    await vi.waitFor(() => expect(useNoticesStore().notices.at(-1)?.text()).toBe('Case restored.'));
    expect(store.get(id).trashedAt).toBeNull();
  });

  it('is not given where the records refuse, and the reason goes to whoever asked', async () => {
    application('there', 'locked');
    await expect(useKeptCases().trash('case')).rejects.toMatchObject({ code: 'records-locked' });
    expect(useNoticesStore().notices).toEqual([]);
  });
});

describe('a new case of a study that is kept already', () => {
  const saveAgain = async (answer: 'into' | 'separate' | 'cancel') => {
    const { store, opened } = application('there', 'open');
    const first = store.save(sampleCase(), 'Dr A');
    const [study] = opened.studies;
    if (!study) throw new Error('no study');
    const current = useCaseStore();
    current.begin(opened, study);
    current.setNote('again');
    const dialogs = useDialogsStore();
    const asked: Conflict[] = [];
    dialogs.$subscribe(
      () => {
        dialogs.kept?.answer(answer);
        if (!dialogs.conflict) return;
        asked.push(dialogs.conflict.asked);
        dialogs.conflict.answer(new Map(dialogs.conflict.asked.differences.map(({ part }) => [part, 'mine'])));
      },
      { flush: 'sync' },
    );
    await useCaseFlow().save();
    return { store, first, current, asked };
  };

  it('goes into that case where the user says so', async () => {
    const { store, first, current, asked } = await saveAgain('into');
    expect(store.list().total).toBe(1);
    // Both sides have a note: nobody but the user says which one stays.
    expect(asked[0]?.differences).toContainEqual({ part: 'note', changedBy: undefined });
    expect(store.get(first.id)).toMatchObject({ note: 'again', predictions: first.predictions });
    expect(current.savedCase?.id).toBe(first.id);
  });

  it('is kept beside it where the user says so', async () => {
    const { store, first } = await saveAgain('separate');
    expect(store.list().total).toBe(2);
    expect(store.get(first.id).note).toBe(first.note);
  });

  it('is not saved, and not said to be, where the user thinks better of it', async () => {
    const { store, current } = await saveAgain('cancel');
    expect(store.list().total).toBe(1);
    expect(current.dirty).toBe(true);
    expect(useNoticesStore().notices).toEqual([]);
  });

  it('becomes one case however fast it is saved twice', async () => {
    const { store, opened } = application('there', 'open');
    const [study] = opened.studies;
    if (!study) throw new Error('no study');
    useCaseStore().begin(opened, study);
    await Promise.all([useCaseFlow().save(), useCaseFlow().save()]);
    expect(store.list().total).toBe(1);
  });
});

describe('a case that another window has saved since it was opened here', () => {
  const opened = async (choose: (conflict: Conflict) => ConflictAnswer) => {
    const { store } = application('there', 'open');
    const { id } = store.save(sampleCase(), 'Dr A');
    const current = useCaseStore();
    current.resume(store.get(id), undefined);
    store.save(
      sampleCase({ caseId: id, note: 'theirs', factors: { ...sampleCase().factors, ecog: { value: '1' } } }),
      'Dr B',
    );
    current.setNote('mine');
    const dialogs = useDialogsStore();
    const asked: Conflict[] = [];
    dialogs.$subscribe(
      () => {
        if (!dialogs.conflict) return;
        asked.push(dialogs.conflict.asked);
        dialogs.conflict.answer(choose(dialogs.conflict.asked));
      },
      { flush: 'sync' },
    );
    await useCaseFlow().save();
    return { store, id, current, asked };
  };
  const all = (side: 'mine' | 'theirs') => (conflict: Conflict) =>
    new Map(conflict.differences.map(({ part }) => [part, side] as const));

  it('shows both sides and by whom, and overwrites nothing where the user thinks better of it', async () => {
    const { store, id, current, asked } = await opened(() => undefined);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      by: 'Dr B',
      differences: [
        { part: 'factors.ecog', changedBy: 'theirs' },
        { part: 'note', changedBy: undefined },
      ],
    });
    expect(store.get(id)).toMatchObject({ note: 'theirs', revision: 2 });
    expect([current.edit.note, current.dirty]).toEqual(['mine', true]);
    expect(useNoticesStore().notices).toEqual([]);
  });

  it('is saved as chosen, part by part', async () => {
    const { store, id, current } = await opened(
      () =>
        new Map([
          ['note', 'mine'],
          ['factors.ecog', 'theirs'],
        ]),
    );
    expect(store.get(id)).toMatchObject({ note: 'mine', factors: { ecog: { value: '1' } }, revision: 3 });
    expect(current.dirty).toBe(false);
  });

  it.each(['mine', 'theirs'] as const)('is saved with all of %s', async (side) => {
    const { store, id } = await opened(all(side));
    const kept = store.get(id);
    expect([kept.note, kept.factors.ecog?.value]).toEqual(side === 'mine' ? ['mine', undefined] : ['theirs', '1']);
  });
});
