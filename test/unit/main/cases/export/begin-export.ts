/** A process that begins an export, says so, and goes on for ever: the test kills it. */
import { UnfinishedExports } from '../../../../../src/main/cases/export/unfinished-exports.ts';

const [folder = '', file = ''] = process.argv.slice(2);
new UnfinishedExports({ folder, key: () => new Uint8Array(32).fill(7) }).begin(file);
process.send?.('begun');
setInterval(() => undefined, 60_000);
