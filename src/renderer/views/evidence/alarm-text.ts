import type { Alarm } from '#shared/evidence/watch.ts';
import { i18n } from '../../locales/index.ts';
import { scoreName } from './score-name.ts';

/** What changed and what to do, in the words of the page. */
export const alarmText = ({ kind, params }: Alarm): string =>
  i18n.global.t(`evidence.watch.alarms.${kind}`, {
    ...params,
    ...(kind === 'missing' ? { factor: scoreName(String(params.id)) } : {}),
  });
