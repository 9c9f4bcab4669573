import { shallowRef } from 'vue';
import { translateError } from '../locales/errors.ts';
import { useSaid } from '../locales/said.ts';

/** Something that may fail where it was asked for: whether it is under way, and in the user's words why it failed. */
export const useAttempt = () => {
  const busy = shallowRef(false);
  const failure = useSaid();
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    failure.value = '';
    busy.value = true;
    try {
      await work();
    } catch (error) {
      failure.value = () => translateError(error);
    } finally {
      busy.value = false;
    }
  };
  return { busy, failure, attempt };
};
