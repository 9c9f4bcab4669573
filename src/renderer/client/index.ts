/** The one client of the page: Electron's bridge where the preload put it, else the loopback host that served the page. */
import { type App, type InjectionKey, inject } from 'vue';
import type { Client } from '#shared/api.ts';
import { electronClient } from './electron.ts';
import { loopbackClient } from './loopback.ts';
import type { HostPort } from './port.ts';

const clientKey: InjectionKey<HostPort> = Symbol('client');

export const installClient = (app: App): HostPort => {
  const bridge = window.haicast;
  const port = bridge ? electronClient(bridge) : loopbackClient();
  app.provide(clientKey, port);
  return port;
};

const usePort = (): HostPort => {
  const port = inject(clientKey);
  if (!port) throw new Error('no client was installed in this Vue application');
  return port;
};

export const useClient = (): Client => usePort().client;
export const useHost = (): Omit<HostPort, 'client'> => usePort();
