import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { InstalledModel, ProcedureOutput, RecordsStatus, Settings } from '#shared/api.ts';
import type { ErrorShape } from '#shared/errors.ts';
import { type IdentityStatus, needsSignIn as isSignInNeeded, type Right, rights } from '#shared/identities/identity.ts';
import { settingNeeds } from '#shared/identities/needs.ts';
import { imageBudgetBytes } from '#shared/image-memory.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { ShownPacsNode } from '#shared/pacs/node.ts';
import { useClient } from '../client/index.ts';
import { setLanguage } from '../locales/index.ts';
import { setImageBudget } from '../viewer/cornerstone/volume-store.ts';

/** What holds for the whole window: settings, the installed models, the state of the records, messages. */
export const useAppStore = defineStore('app', () => {
  const client = useClient();
  const info = shallowRef<ProcedureOutput<'app.info'>>();
  const settings = shallowRef<Settings>({
    language: 'en',
    theme: 'dark',
    userName: '',
    hideIdentity: false,
    defaultModelId: '',
    provider: 'automatic',
    regimens: [],
    lockAfterMinutes: 0,
    emptyTrashAfterDays: 0,
    fetchedStudies: 'closed',
    imageMemoryMb: 1024,
    textSize: 100,
  });
  /** What the administrator of the workstation has set: shown, and not to be changed. */
  const managed = shallowRef<ReadonlySet<string>>(new Set());
  /** Image archives: those of the workstation's administrator, and those of Settings. */
  const pacs = shallowRef<readonly ShownPacsNode[]>([]);
  /** Why the settings of this start are not the ones that were kept. */
  const settingsProblem = shallowRef<ErrorShape>();
  /** False until it is known which models there are: none known is not none installed. */
  const loaded = shallowRef(false);
  const models = shallowRef<InstalledModel[]>([]);
  const rejectedModels = shallowRef<{ folder: string; reason: string }[]>([]);
  const records = shallowRef<RecordsStatus>({ state: 'new', keeper: 'none' });

  const identity = shallowRef<IdentityStatus>({
    mode: 'single',
    user: null,
    rights: [...rights],
    unsavedOfOthers: false,
  });
  /** Whose work stands in this window: undefined before anything does, empty where nobody signs in. */
  const shownTo = shallowRef<string>();
  /** Hidden already, while the application is still asked to lock. */
  const covered = shallowRef(false);

  /** Of a history that was begun at start, with nobody there to see it. */
  const untoldRecoveryKey = shallowRef<string>();

  const apply = (next: Settings) => {
    settings.value = next;
    document.documentElement.dataset.theme = next.theme;
    document.documentElement.lang = next.language;
    document.documentElement.style.setProperty('--text-scale', String(next.textSize / 100));
    setLanguage(next.language);
    setImageBudget(imageBudgetBytes(next.imageMemoryMb));
  };

  const takeModels = (list: ProcedureOutput<'models.list'>) => {
    models.value = list.models;
    rejectedModels.value = list.rejected;
  };

  /** What the window needs before it shows anything; the questions stand on no answer of each other. */
  const load = async () => {
    const [known, about, kept, who] = await Promise.all([
      client.call('settings.get', {}),
      client.call('app.info', {}),
      client.call('records.status', {}),
      client.call('identity.status', {}),
    ]);
    const { problem, managed: locked, pacs: nodes, ...set } = known;
    apply(set);
    managed.value = new Set(locked);
    pacs.value = nodes;
    settingsProblem.value = problem;
    info.value = about;
    records.value = kept;
    identity.value = who;
    if (!may('records')) return;
    const { recoveryKey } = await client.call('records.untoldRecoveryKey', { kept: false });
    untoldRecoveryKey.value = recoveryKey ?? undefined;
  };

  /** Reads every package, which takes a while, and no list of cases needs to wait for it. */
  const loadModels = async () => {
    takeModels(await client.call('models.list', {}));
    loaded.value = true;
  };

  /** The user has it on paper: it is not told again. */
  const keptRecoveryKey = async () => {
    await client.call('records.untoldRecoveryKey', { kept: true });
    untoldRecoveryKey.value = undefined;
  };

  const change = async (part: Partial<Settings>) => {
    try {
      apply(await client.call('settings.set', part));
    } catch (error) {
      // A setting that could not be kept holds all the same until the end: what is shown is what is in force.
      const { problem: _known, managed: _managed, pacs: _pacs, ...inForce } = await client.call('settings.get', {});
      apply(inForce);
      throw error;
    }
  };

  const refreshRecords = async () => {
    records.value = await client.call('records.status', {});
  };

  const refreshIdentity = async () => {
    identity.value = await client.call('identity.status', {});
  };
  const may = (right: Right): boolean => identity.value.rights.includes(right);
  /** Set by the workstation's administrator, or not for who is here to change. */
  const isFixed = (setting: keyof Settings): boolean => {
    const need = settingNeeds[setting];
    return managed.value.has(setting) || (need !== 'anyone' && !may(need));
  };
  /** Whose name everything is kept under. */
  const userName = computed(() => identity.value.user?.name ?? settings.value.userName);
  const needsSignIn = computed(() => isSignInNeeded(identity.value));
  /** Nothing of a patient is to be seen. */
  const isCovered = computed(
    () =>
      covered.value ||
      needsSignIn.value ||
      records.value.lockedByHand === true ||
      Boolean(identity.value.user && shownTo.value && shownTo.value !== identity.value.user.id),
  );

  const defaultModel = computed(() => models.value.find((model) => model.isDefault) ?? models.value[0]);
  /** False only where it is known that none is installed. */
  const hasModel = computed(() => !loaded.value || defaultModel.value !== undefined);
  /** The very model that made a prediction; another version's figures would say something else. Undefined where it is gone. */
  const manifestOf = ({ id, version, sha256 }: Prediction['model']) =>
    models.value
      .map(({ manifest }) => manifest)
      .find((one) => one.id === id && one.version === version && one.weights.sha256 === sha256);
  return {
    info,
    settings,
    settingsProblem,
    managed,
    pacs,
    takePacs: (nodes: readonly ShownPacsNode[]) => {
      pacs.value = nodes;
    },
    loaded,
    models,
    rejectedModels,
    records,
    untoldRecoveryKey,
    keptRecoveryKey,
    defaultModel,
    hasModel,
    manifestOf,
    takeModels,
    load,
    loadModels,
    change,
    refreshRecords,
    identity,
    shownTo,
    covered,
    isCovered,
    needsSignIn,
    refreshIdentity,
    may,
    isFixed,
    userName,
  };
});
