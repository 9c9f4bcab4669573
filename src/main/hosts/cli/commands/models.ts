import type { ProcedureOutput } from '#shared/api.ts';
import { type Terminal, table } from '../terminal.ts';

type Listed = ProcedureOutput<'models.list'>;

export const modelsJson = ({ models, rejected }: Listed) => ({
  models: models.map(({ manifest, origin, isDefault }) => ({ ...manifest, origin, isDefault })),
  rejected,
});

export const showModels = ({ models, rejected }: Listed, terminal: Terminal): void => {
  const rows = models.map(({ manifest, origin, isDefault }) => [
    `${manifest.id}${isDefault ? ' *' : ''}`,
    manifest.version,
    manifest.status,
    origin,
    manifest.event.criterion,
    manifest.name,
  ]);
  terminal.result(table(['Model', 'Version', 'Status', 'Origin', 'Criterion', 'Name'], rows));
  for (const { folder, reason } of rejected) terminal.note(`refused ${folder}: ${reason}`);
};
