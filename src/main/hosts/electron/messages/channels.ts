/** The only two channels between the page and the main process. */
export const CALL_CHANNEL = 'haicast:call';
export const EVENT_CHANNEL = 'haicast:event';
