/** What every object is made from: a kept case as it is, and what its study adds where that is at hand. Nothing here does I/O. */
import type { DecisionVersion } from '#shared/board/decision.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import type { Course } from '#shared/course/course.ts';
import type { RecalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { DeidentifyOptions } from '#shared/study/deidentify.ts';

export interface ImageReference {
  sopClassUID: string;
  sopInstanceUID: string;
  /** From 1, of an object with several; absent of one with a single frame. */
  frame?: number;
}

/** Of the header of the study's first image, as written there; empty where it has none. */
export interface StudyHeader {
  patientName: string;
  studyId: string;
  studyTime: string;
  referringPhysician: string;
  accessionNumber: string;
}

export interface StudyImages {
  header: StudyHeader;
  /** By id of the stack: the images of its slices, in their order. */
  stacks: ReadonlyMap<string, readonly ImageReference[]>;
}

/** What may be said of the prediction in force. */
export type PredictionSaid =
  | { state: 'none' }
  /** A tumour board keeps the model covered and has not voted: nothing of it leaves. */
  | { state: 'covered' }
  | { state: 'withheld'; prediction: Prediction }
  /** `recalibrated`: what this hospital's own outcomes make of it, where that is in force. */
  | { state: 'shown'; prediction: Prediction; recalibrated?: RecalibratedResult };

export interface ReportedCase {
  saved: SavedCase;
  course: Course;
  prediction: PredictionSaid;
  /** Newest version of each meeting's decision, newest meeting first. */
  decisions: readonly DecisionVersion[];
  /** When the objects are made. */
  at: Date;
  appVersion: string;
  /** Tells one installation from another, and nothing else. */
  installation: string;
  /** Undefined where the study is not at hand: objects then refer to places in the patient, and to no image. */
  images: StudyImages | undefined;
  /** Of a case without its patient: how it was de-identified, which every object declares. */
  deidentified?: DeidentifyOptions;
}
