import { useRoute } from 'vue-router';
import { useKeydown } from '../keys/use-keydown.ts';
import { useAppStore } from '../stores/app.ts';
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

/** Only these go on while their key is held; anything else happens once. */
const REPEATED = ['edit.undo', 'edit.redo'];

const WHILE_PRESENTING = ['view.hideIdentity', 'help.keys'];

/** What was typed and not yet left counts as entered: it is what stands on the screen that is saved. */
const settleTyping = (): void => {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return;
  activeElement.blur();
  activeElement.focus({ preventScroll: true });
};

/** Keys of the whole window. */
export const useAppKeys = (): void => {
  const commands = useCommands();
  const dialogs = useDialogsStore();
  const route = useRoute();
  const app = useAppStore();
  useKeydown((event) => {
    // Nothing happens behind a cover.
    if (app.isCovered) return;
    const name = keyName(event);
    const command = commands.value.find((candidate) => candidate.keys === name && candidate.enabled);
    if (!command || (event.repeat && !REPEATED.includes(command.id))) return;
    if (dialogs.open !== undefined && !(event.ctrlKey || event.metaKey)) return;
    // Who presents has the keys of the presentation: none of them leaves it, or changes the case that is open behind it.
    if (route.meta.presents && !WHILE_PRESENTING.includes(command.id)) return;
    event.preventDefault();
    if (command.id === 'case.save') settleTyping();
    void command.run();
  });
};
