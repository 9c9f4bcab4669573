/** Reads the file of a table away from the page, which stays at hand and can end it. */
import { toErrorShape } from '#shared/errors.ts';
import { readTableFile } from '#shared/tables/table-file.ts';
import type { TableAnswer, TableQuestion } from './read-table.ts';

const answer = (value: TableAnswer) => postMessage(value);

addEventListener('message', ({ data }: MessageEvent<TableQuestion>) => {
  readTableFile(data.bytes, data.sheet).then(
    (file) => answer({ file }),
    (error: unknown) => answer({ error: toErrorShape(error) }),
  );
});
