import { onScopeDispose } from 'vue';
import { useDialogsStore } from '../stores/dialogs.ts';
import { useCommands } from './commands.ts';

/** `Ctrl Shift Z`, `P`, `?`: the way commands write their keys. Command stands for Control on a Mac. */
export const keyName = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  return [control ? 'Ctrl' : '', event.shiftKey && (control || event.key.length > 1) ? 'Shift' : '', key]
    .filter(Boolean)
    .join(' ');
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Keys of the whole window. Plain letters are left alone while somebody types or a dialog is open. */
export const useAppKeys = (): void => {
  const commands = useCommands();
  const dialogs = useDialogsStore();
  const onKeydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const plain = !(event.ctrlKey || event.metaKey);
    if (plain && (typing(event.target) || document.querySelector('dialog[open]'))) return;
    // Undo and redo inside a text field belong to that field.
    if (!plain && event.key.toUpperCase() === 'Z' && typing(event.target)) return;
    const name = keyName(event);
    const command = commands.value.find((candidate) => candidate.keys === name && candidate.enabled);
    if (!command || (dialogs.open !== undefined && plain)) return;
    event.preventDefault();
    void command.run();
  };
  window.addEventListener('keydown', onKeydown);
  onScopeDispose(() => window.removeEventListener('keydown', onKeydown));
};
