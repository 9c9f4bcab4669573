import { startElectronHost } from './hosts/electron/start.ts';

startElectronHost(import.meta.dirname);
