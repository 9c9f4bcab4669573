import { AppError } from '#shared/errors.ts';
import { type Role, roles, type User } from '#shared/identities/identity.ts';
import type { Call } from '../client.ts';
import { type Terminal, table } from '../terminal.ts';

export const roleOf = (text: string): Role => {
  const role = roles.find((one) => one === text);
  if (role) return role;
  throw new AppError('usage', `--role is one of ${roles.join(', ')}, not "${text}".`);
};

export const showUsers = (users: readonly User[], terminal: Terminal): void => {
  const rows = users.map(({ name, role, disabled }) => [name, role, disabled ? 'disabled' : '']);
  terminal.result(rows.length > 0 ? table(['Name', 'Role', ''], rows) : 'There are no users: nobody signs in.');
};

/** Throws `user-unknown`. */
export const idOfUser = async (call: Call, name: string): Promise<string> => {
  const { users } = await call('users.list', {});
  const found = users.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  if (found) return found.id;
  throw new AppError('user-unknown', 'This user is not there. Look at the list again.');
};
