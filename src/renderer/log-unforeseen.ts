import type { Client } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import { programPlaces } from '#shared/program-places.ts';
import type { useNoticesStore } from './stores/notices.ts';

type Notices = Pick<ReturnType<typeof useNoticesStore>, '$onAction'>;

/** Sends the log what a notice told of and nobody foresaw: its kind and places. What the application answered is there already. */
export const logUnforeseen = (notices: Notices, client: Pick<Client, 'call'>): void => {
  notices.$onAction(({ name, args }) => {
    const [error] = args;
    if (name !== 'showError' || error instanceof AppError) return;
    const { name: kind, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
    const at = programPlaces(stack ?? '');
    // Where the application cannot be reached, the notice is all there is.
    client.call('app.pageFailed', { code: 'page', kind: kind.slice(0, 40), at }).catch(() => undefined);
  });
};
