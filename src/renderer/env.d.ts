import type { HostBridge } from '#shared/host-bridge.ts';

declare global {
  interface Window {
    /** Present in Electron only; put there by the preload. */
    readonly haicast?: HostBridge;
  }
}
