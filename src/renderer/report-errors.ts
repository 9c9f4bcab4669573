import type { App } from 'vue';

/**
 * What fails and is caught nowhere is told, and never only swallowed: in a component, in an event handler, in a promise
 * that nobody waits for.
 */
export const reportErrors = (
  app: Pick<App, 'config'>,
  report: (error: unknown) => void,
  target: Pick<Window, 'addEventListener'> = window,
): void => {
  app.config.errorHandler = (error) => report(error);
  target.addEventListener('unhandledrejection', ({ reason }) => report(reason));
  // A browser's own notes, such as a resize observer that is asked again in one frame, come without an error.
  target.addEventListener('error', ({ error }) => {
    if (error) report(error);
  });
};
