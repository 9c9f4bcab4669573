/** Imported into a host before everything else: its clock stands still, and the person at it has the same name everywhere. */
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { holdTime, STILL_TIME } from './time.ts';

holdTime(STILL_TIME);
os.userInfo = new Proxy(os.userInfo, {
  apply: (target, self, given) => ({ ...Reflect.apply(target, self, given), username: 'reader' }),
});
syncBuiltinESMExports();
