import type en from '../en/index.ts';
import archive from './archive.ts';
import audit from './audit.ts';
import board from './board.ts';
import cases from './cases.ts';
import common from './common.ts';
import course from './course.ts';
import deidentify from './deidentify.ts';
import errors from './errors.ts';
import evidence from './evidence.ts';
import exportCase from './export-case.ts';
import factors from './factors.ts';
import followUp from './follow-up.ts';
import identities from './identities.ts';
import images from './images.ts';
import keyImages from './key-images.ts';
import lesions from './lesions.ts';
import models from './models.ts';
import readers from './readers.ts';
import report from './report.ts';
import result from './result.ts';
import selfCheck from './self-check.ts';
import settings from './settings.ts';
import study from './study.ts';
import viewer from './viewer.ts';

export default {
  archive,
  audit,
  board,
  cases,
  common,
  course,
  deidentify,
  errors,
  evidence,
  exportCase,
  factors,
  followUp,
  identities,
  images,
  keyImages,
  lesions,
  models,
  readers,
  report,
  result,
  selfCheck,
  settings,
  study,
  viewer,
} satisfies typeof en;
