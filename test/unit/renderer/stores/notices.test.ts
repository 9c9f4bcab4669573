import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useAttempt } from '../../../../src/renderer/composables/use-attempt.ts';
import { i18n, setLanguage } from '../../../../src/renderer/locales/index.ts';
import { useSaid } from '../../../../src/renderer/locales/said.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';
import { AppError } from '../../../../src/shared/errors.ts';

const { t } = i18n.global;
const told = () => useNoticesStore().notices.map(({ text, action }) => [text(), action?.label()]);

beforeEach(() => setActivePinia(createPinia()));
afterEach(() => setLanguage('en'));

test('a notice and its button are in the language of whoever reads them, whenever they were told', () => {
  const notices = useNoticesStore();
  const action = { label: () => t('cases.restore'), run: () => undefined };
  notices.show({ kind: 'info', text: () => t('cases.trashedNotice'), action });
  notices.showError(new AppError('required-role-missing', 'None.', { params: { role: 'arterial' } }));
  const english = told();
  setLanguage('zh-CN');
  const chinese = told();
  expect(chinese).not.toEqual(english);
  expect(chinese[0]).toEqual([t('cases.trashedNotice'), t('cases.restore')]);
  setLanguage('en');
  expect(told()).toEqual(english);
});

test('what is told twice stands there once, also where the language was changed between', () => {
  const notices = useNoticesStore();
  const say = () => notices.show({ kind: 'warning', text: () => t('result.notSaved') });
  say();
  setLanguage('zh-CN');
  say();
  expect(told()).toHaveLength(1);
});

test('why an attempt failed, and what it answered, are worded when they are read', async () => {
  const { failure, attempt } = useAttempt();
  const answer = useSaid();
  await attempt(() => Promise.reject(new AppError('not-open', 'Not open.')));
  answer.value = () => t('settings.backup.restored');
  const english = [failure.value, answer.value];
  setLanguage('zh-CN');
  expect(failure.value).not.toBe(english[0]);
  expect(answer.value).toBe(t('settings.backup.restored'));
  expect(answer.value).not.toBe(english[1]);
  answer.value = '';
  await attempt(async () => undefined);
  expect([failure.value, answer.value]).toEqual(['', '']);
});
