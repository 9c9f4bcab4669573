import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CourseCandidate } from '#shared/course/candidate.ts';
import type { ScannedStudy, SkippedFile } from '#shared/study/study.ts';
import type { CaseEdit } from './case-edit.ts';
import type { Difference, EditPart, Side } from './merge-edits.ts';

export type DialogName =
  | 'settings'
  | 'keys'
  | 'commands'
  | 'audit'
  | 'selfCheck'
  | 'users'
  | 'importAll'
  | 'exportCase';
export type UnsavedAnswer = 'save' | 'discard' | 'cancel';
/** Where a new case goes whose study is kept already. */
export type KeptAnswer = 'into' | 'separate' | 'cancel';

/** A study, and the courses that it may be a follow-up of. */
export interface FollowUpQuestion {
  study: ScannedStudy;
  candidates: CourseCandidate[];
  /** The course on screen, where it is one of them. */
  here: string | undefined;
}
/** Undefined: it is not added. */
export type FollowUpAnswer = { caseId: string; samePerson: boolean; date?: string } | undefined;

/** A case that two have changed. */
export interface Conflict {
  /** Empty where nobody's name is known. */
  by: string;
  at: string;
  mine: CaseEdit;
  theirs: CaseEdit;
  differences: Difference[];
  /** Of the study, to name them. */
  series: ScannedStudy['series'];
}
/** A side for every part that differs; undefined: nothing is saved. */
export type ConflictAnswer = ReadonlyMap<EditPart, Side> | undefined;

/**
 * A question to the user as a promise, so that the code that asks reads in order. Asked again, it takes the place of the one
 * before, which is answered with `no`.
 */
const question = <Asked, Answer>(no: Answer) => {
  const open = shallowRef<{ asked: Asked; answer: (answer: Answer) => void }>();
  const ask = (asked: Asked): Promise<Answer> => {
    open.value?.answer(no);
    return new Promise((resolve) => {
      const answer = (given: Answer) => {
        open.value = undefined;
        resolve(given);
      };
      open.value = { asked, answer };
    });
  };
  return { open, ask };
};

/** The dialogs that are open, each question with what is asked and where its answer goes. */
export const useDialogsStore = defineStore('dialogs', () => {
  const open = shallowRef<DialogName>();
  const skipped = shallowRef<SkippedFile[]>();
  /** Beside `open`: the records may have to be opened from within it. */
  const deidentify = shallowRef(false);
  /** Studies are never mixed: with more than one the user chooses. */
  const choice = question<readonly ScannedStudy[], ScannedStudy | undefined>(undefined);
  const unsaved = question<void, UnsavedAnswer>('cancel');
  const kept = question<{ updatedAt: string }, KeptAnswer>('cancel');
  const conflict = question<Conflict, ConflictAnswer>(undefined);
  const followUp = question<FollowUpQuestion, FollowUpAnswer>(undefined);
  /** Opens or creates the record store; true once it is open. */
  const records = question<void, boolean>(false);

  return {
    open,
    skipped,
    deidentify,
    choice: choice.open,
    chooseStudy: choice.ask,
    unsaved: unsaved.open,
    askUnsaved: unsaved.ask,
    kept: kept.open,
    askKept: kept.ask,
    conflict: conflict.open,
    askConflict: conflict.ask,
    followUp: followUp.open,
    askFollowUp: followUp.ask,
    records: records.open,
    openRecords: records.ask,
  };
});
