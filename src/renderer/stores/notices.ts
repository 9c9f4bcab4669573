import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { AppError } from '#shared/errors.ts';
import { isUnanswered } from '../client/connection.ts';
import { translateError } from '../locales/errors.ts';
import type { Wording } from '../locales/said.ts';

export interface Notice {
  id: number;
  kind: 'info' | 'warning' | 'error';
  text: Wording;
  action?: { label: Wording; run: () => void };
}

/** Cancelled by the user; or asked while nobody is signed in, which the window shows already. */
const QUIET = ['cancelled', 'sign-in-needed'];

const INFO_STAYS_MS = 6_000;

/** Short messages at the foot of the window. Errors, and what can be answered, stay until they are closed. */
export const useNoticesStore = defineStore('notices', () => {
  const notices = shallowRef<Notice[]>([]);
  let nextId = 1;

  const dismiss = (id: number) => {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  };

  /** Answers the id by which it is dismissed. */
  const show = (notice: Omit<Notice, 'id'>): number => {
    const id = nextId++;
    notices.value = [...notices.value.filter((other) => other.text() !== notice.text()), { ...notice, id }];
    if (notice.kind === 'info' && !notice.action) setTimeout(() => dismiss(id), INFO_STAYS_MS);
    return id;
  };

  /** Tells of an error in the user's language, with a way on where there is one; a cancelled job needs no word, and a lost connection has its own notice. */
  const showError = (error: unknown, action?: Notice['action']) => {
    if (isUnanswered(error) || (error instanceof AppError && QUIET.includes(error.code))) return;
    show({ kind: 'error', text: () => translateError(error), ...(action ? { action } : {}) });
  };

  /** Does it, and tells of what goes wrong. */
  const guarded = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      showError(error);
    }
  };

  return { notices, show, showError, guarded, dismiss };
});
