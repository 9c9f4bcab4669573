import type { Identities } from '../identities/identities.ts';
import type { HandlersOf } from './handlers.ts';

export const identityHandlers = (identities: Identities): HandlersOf<'identity'> & HandlersOf<'users'> => ({
  'identity.status': () => identities.status(),
  'identity.signIn': ({ name, password }) => identities.signIn(name, password),
  'identity.lock': ({ by }) => identities.lock(by),
  'identity.recover': ({ recoveryKey, name, password }) => identities.recover(recoveryKey, name, password),
  'identity.changePassword': async ({ current, password }) => {
    await identities.changePassword(current, password);
    return { ok: true };
  },
  'identity.turnOff': ({ password }) => identities.turnOff(password),
  'identity.turnOn': ({ name, password }) => identities.turnOn(name, password),
  'users.list': () => ({ users: identities.list() }),
  'users.add': (user) => identities.add(user),
  'users.change': ({ id, ...change }) => identities.change(id, change),
});
