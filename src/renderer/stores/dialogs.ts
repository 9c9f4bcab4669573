import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CourseCandidate } from '#shared/course/candidate.ts';
import type { OpenedStudies, ScannedStudy, SkippedFile } from '#shared/study/study.ts';
import type { CaseEdit } from './case-edit.ts';
import type { Difference, EditPart, Side } from './merge-edits.ts';

export type DialogName = 'settings' | 'keys' | 'commands' | 'records' | 'audit' | 'selfCheck' | 'users';
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

/** Questions to the user as promises, so that the code that asks reads in order. */
export const useDialogsStore = defineStore('dialogs', () => {
  const open = shallowRef<DialogName>();
  const skipped = shallowRef<SkippedFile[]>();
  const choice = shallowRef<{ studies: ScannedStudy[]; answer: (study: ScannedStudy | undefined) => void }>();
  const unsaved = shallowRef<(answer: UnsavedAnswer) => void>();
  const kept = shallowRef<{ updatedAt: string; answer: (answer: KeptAnswer) => void }>();
  const conflict = shallowRef<{ conflict: Conflict; answer: (answer: ConflictAnswer) => void }>();
  const followUp = shallowRef<{ question: FollowUpQuestion; answer: (answer: FollowUpAnswer) => void }>();
  /** Beside `open`: the records may have to be opened from within it. */
  const deidentify = shallowRef(false);
  const records = shallowRef<(opened: boolean) => void>();

  const ask = <T>(set: (resolve: (value: T) => void) => void): Promise<T> => new Promise((resolve) => set(resolve));

  /** Studies are never mixed: with more than one the user chooses. */
  const chooseStudy = (opened: OpenedStudies): Promise<ScannedStudy | undefined> =>
    ask((resolve) => {
      choice.value = {
        studies: opened.studies,
        answer: (study) => {
          choice.value = undefined;
          resolve(study);
        },
      };
    });

  /** A question that is asked again takes the place of the one before, which is answered with no. */
  const askUnsaved = (): Promise<UnsavedAnswer> => {
    unsaved.value?.('cancel');
    return ask((resolve) => {
      unsaved.value = (answer) => {
        unsaved.value = undefined;
        resolve(answer);
      };
    });
  };

  const askKept = (updatedAt: string): Promise<KeptAnswer> => {
    kept.value?.answer('cancel');
    return ask((resolve) => {
      kept.value = {
        updatedAt,
        answer: (answer) => {
          kept.value = undefined;
          resolve(answer);
        },
      };
    });
  };

  const askFollowUp = (question: FollowUpQuestion): Promise<FollowUpAnswer> => {
    followUp.value?.answer(undefined);
    return ask((resolve) => {
      followUp.value = {
        question,
        answer: (answer) => {
          followUp.value = undefined;
          resolve(answer);
        },
      };
    });
  };

  const askConflict = (asked: Conflict): Promise<ConflictAnswer> => {
    conflict.value?.answer(undefined);
    return ask((resolve) => {
      conflict.value = {
        conflict: asked,
        answer: (answer) => {
          conflict.value = undefined;
          resolve(answer);
        },
      };
    });
  };

  /** Opens or creates the record store; true once it is open. */
  const openRecords = (): Promise<boolean> => {
    records.value?.(false);
    return ask((resolve) => {
      open.value = 'records';
      records.value = (opened) => {
        open.value = undefined;
        records.value = undefined;
        resolve(opened);
      };
    });
  };

  return {
    open,
    skipped,
    choice,
    unsaved,
    kept,
    conflict,
    followUp,
    records,
    deidentify,
    chooseStudy,
    askUnsaved,
    askKept,
    askConflict,
    askFollowUp,
    openRecords,
  };
});
