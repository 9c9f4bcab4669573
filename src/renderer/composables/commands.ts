import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useAppStore } from '../stores/app.ts';
import { useCaseStore } from '../stores/case.ts';
import { useCourseStore } from '../stores/course.ts';
import { useDialogsStore } from '../stores/dialogs.ts';
import { useCaseFlow } from './use-case-flow.ts';
import { useFollowUps } from './use-follow-ups.ts';
import { useLock } from './use-lock.ts';

export interface Command {
  /** Same names as the native menus send with `host.command`. */
  id: string;
  title: string;
  keys?: string;
  enabled: boolean;
  run: () => unknown;
}

/** Everything that can be done from anywhere: by the palette, by a key, by a native menu. */
export const useCommands = () => {
  const { t } = useI18n();
  const app = useAppStore();
  const current = useCaseStore();
  const dialogs = useDialogsStore();
  const flow = useCaseFlow();
  const router = useRouter();
  const course = useCourseStore();
  const followUps = useFollowUps();
  const lock = useLock();

  return computed<Command[]>(() => [
    {
      id: 'file.openFolder',
      title: `${t('cases.open')}: ${t('cases.openFolder')}`,
      keys: 'Ctrl O',
      enabled: true,
      run: () => flow.pickStudy('folder'),
    },
    {
      id: 'file.openZip',
      title: `${t('cases.open')}: ${t('cases.openZip')}`,
      enabled: true,
      run: () => flow.pickStudy('zip'),
    },
    {
      id: 'file.openDicomdir',
      title: `${t('cases.open')}: ${t('cases.openDicomdir')}`,
      enabled: true,
      run: () => flow.pickStudy('dicomdir'),
    },
    {
      id: 'view.archive',
      title: t('archive.open'),
      enabled: app.pacs.length > 0,
      run: () => router.push({ name: 'archive' }),
    },
    { id: 'file.openDemo', title: t('cases.demo'), enabled: app.info?.hasDemo ?? false, run: () => flow.openDemo() },
    {
      id: 'case.save',
      title: t('result.save'),
      keys: 'Ctrl S',
      enabled: current.study !== undefined && app.may('save'),
      run: () => flow.save(),
    },
    {
      id: 'case.predict',
      title: t('result.predict'),
      keys: 'P',
      enabled: current.canPredict,
      run: () => flow.predict(),
    },
    {
      id: 'case.report',
      title: t('result.report'),
      keys: 'R',
      enabled: current.prediction !== undefined,
      run: () => router.push({ name: 'report' }),
    },
    {
      id: 'case.export',
      title: t('exportCase.command'),
      enabled: current.savedCase !== undefined && app.may('export'),
      run: () => {
        dialogs.open = 'exportCase';
      },
    },
    {
      id: 'case.deidentify',
      title: t('deidentify.command'),
      enabled: current.opened !== undefined && current.study !== undefined && app.may('export'),
      run: () => {
        dialogs.deidentify = true;
      },
    },
    {
      id: 'edit.undo',
      title: t('common.actions.undo'),
      keys: 'Ctrl Z',
      enabled: course.isShown ? course.canUndo : current.canUndo,
      run: () => (course.isShown ? course.undo() : current.undo()),
    },
    {
      id: 'edit.redo',
      title: t('common.actions.redo'),
      keys: 'Ctrl Shift Z',
      enabled: course.isShown ? course.canRedo : current.canRedo,
      run: () => (course.isShown ? course.redo() : current.redo()),
    },
    { id: 'view.cases', title: t('common.nav.cases'), enabled: true, run: () => router.push({ name: 'cases' }) },
    {
      id: 'view.case',
      title: t('common.nav.case'),
      enabled: current.study !== undefined,
      run: () => router.push({ name: 'case' }),
    },
    {
      id: 'view.course',
      title: t('common.nav.course'),
      enabled: current.study !== undefined,
      run: () => router.push({ name: 'course' }),
    },
    { id: 'view.board', title: t('common.nav.board'), enabled: true, run: () => router.push({ name: 'board' }) },
    ...(['time-point', 'cycle', 'history'] as const).map((what) => ({
      id: `course.${what}`,
      title: t(`course.commands.${what}`),
      enabled: current.savedCase !== undefined,
      run: async () => {
        await router.push({ name: 'course' });
        course.asked = what;
      },
    })),
    {
      id: 'course.openFollowUp',
      title: t('followUp.open'),
      enabled: true,
      run: () => followUps.openFollowUp('folder'),
    },
    {
      id: 'view.evidence',
      title: t('common.nav.evidence'),
      enabled: true,
      run: () => router.push({ name: 'evidence' }),
    },
    { id: 'view.models', title: t('common.nav.models'), enabled: true, run: () => router.push({ name: 'models' }) },
    {
      id: 'view.hideIdentity',
      title: t('settings.hideIdentity'),
      keys: 'H',
      enabled: true,
      run: () => app.change({ hideIdentity: !app.settings.hideIdentity }),
    },
    {
      id: 'view.theme',
      title: t('common.actions.theme'),
      enabled: true,
      run: () => app.change({ theme: app.settings.theme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'app.lock',
      title: t('identities.lock'),
      enabled: app.identity.mode === 'users',
      run: () => lock('hand'),
    },
    {
      id: 'app.settings',
      title: t('settings.title'),
      keys: 'Ctrl ,',
      enabled: true,
      run: () => (dialogs.open = 'settings'),
    },
    {
      id: 'app.commands',
      title: t('common.commands.open'),
      keys: 'Ctrl K',
      enabled: true,
      run: () => (dialogs.open = 'commands'),
    },
    { id: 'help.keys', title: t('common.keys.title'), keys: '?', enabled: true, run: () => (dialogs.open = 'keys') },
  ]);
};
