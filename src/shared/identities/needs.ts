/** What every procedure of the contract needs who calls it to be allowed. Held at the boundary of the application, not in the page. */
import type { ProcedureName, Settings } from '../api.ts';
import type { Right } from './identity.ts';

/** `anyone`: also before somebody has signed in, since it says nothing of a patient and changes nothing for others. */
export type Need = Right | 'anyone';

export const needs: Readonly<Record<ProcedureName, Need>> = {
  'app.info': 'anyone',
  'app.pageFailed': 'anyone',
  'settings.get': 'anyone',
  // By setting: see below.
  'settings.set': 'anyone',

  'identity.status': 'anyone',
  'identity.signIn': 'anyone',
  'identity.lock': 'anyone',
  'identity.recover': 'anyone',
  // Also of who has to before anything else; who is not signed in is refused by itself.
  'identity.changePassword': 'anyone',
  'identity.turnOff': 'users',
  'identity.turnOn': 'anyone',
  'users.list': 'users',
  'users.add': 'users',
  'users.change': 'users',

  'study.open': 'look',
  'study.openDemo': 'look',
  'study.close': 'look',
  'study.volume': 'look',
  'study.thumbnail': 'look',
  'study.tags': 'look',
  'study.previewDeidentified': 'export',
  'study.exportDeidentified': 'export',
  'job.cancel': 'anyone',

  'models.list': 'anyone',
  'models.card': 'anyone',
  'models.install': 'models',
  'models.remove': 'models',
  'models.setDefault': 'models',
  'models.refresh': 'look',
  'models.provider': 'look',
  'models.selfTest': 'look',
  'prediction.run': 'look',
  'prediction.showWithheld': 'withheld',

  'records.status': 'anyone',
  'records.create': 'anyone',
  'records.unlock': 'anyone',
  'records.untoldRecoveryKey': 'records',
  'records.lock': 'records',
  'records.newRecoveryKey': 'records',
  'records.rekey': 'records',
  'records.verify': 'audit',
  'records.salvage': 'records',
  // Everything of everybody, plain where one wants it so.
  'records.export': 'records',
  'records.import': 'records',

  'draft.keep': 'look',
  'draft.get': 'look',
  'draft.others': 'look',
  'draft.take': 'look',
  'keyImages.put': 'look',
  'keyImages.read': 'look',

  'cases.list': 'look',
  'cases.save': 'save',
  'cases.get': 'look',
  'cases.open': 'look',
  'cases.printed': 'look',
  'cases.export': 'export',
  'report.get': 'look',
  'report.make': 'look',
  'report.check': 'look',
  'cases.openImages': 'look',
  'cases.relink': 'save',
  'cases.trash': 'save',
  'cases.erase': 'erase',
  'cases.restore': 'save',
  'cases.ofPatient': 'erase',
  'cases.erasePatient': 'erase',

  'course.get': 'look',
  'course.write': 'save',
  'course.openImages': 'look',
  'course.propose': 'look',
  'course.addFollowUp': 'save',
  'course.import': 'save',
  'course.takeBack': 'save',
  'course.export': 'export',
  'course.waterfall': 'look',
  'course.simulated': 'look',
  'course.loadSimulated': 'save',
  'course.removeSimulated': 'save',
  'course.history': 'look',

  'evidence.rows': 'look',

  'board.list': 'look',
  'board.get': 'look',
  'board.save': 'save',
  'board.remove': 'save',
  'board.ask': 'save',
  'board.slide': 'look',
  'board.showModel': 'save',
  'board.decide': 'save',
  'board.decisions': 'look',
  'board.actions': 'look',
  'board.setDone': 'save',

  'backup.status': 'look',
  'backup.make': 'records',
  'backup.chooseFolder': 'records',
  'backup.preview': 'records',
  'backup.restore': 'records',

  'support.selfCheck': 'anyone',
  'support.preview': 'look',
  'support.save': 'look',
  'audit.list': 'audit',
  'audit.names': 'audit',
  'audit.export': 'audit',
};

/** What a change of each setting needs: how a window looks is everybody's, what holds for the workstation is not. */
export const settingNeeds: Readonly<Record<keyof Settings, Need>> = {
  language: 'anyone',
  theme: 'anyone',
  textSize: 'anyone',
  hideIdentity: 'look',
  regimens: 'save',
  userName: 'settings',
  defaultModelId: 'models',
  provider: 'settings',
  lockAfterMinutes: 'settings',
  emptyTrashAfterDays: 'settings',
};
