import { startElectronHost } from './hosts/electron/start/start.ts';

startElectronHost(import.meta.dirname);
