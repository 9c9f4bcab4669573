/** How long an archive is waited for, and how much is taken from it. Tests have smaller ones. */
export interface PacsLimits {
  /** Until a connection stands. */
  connectMs: number;
  /** Until the first word of an answer: an archive may look through tapes. */
  answerMs: number;
  /** In every such span a body has to bring `windowBytes`: one byte now and then is no progress. */
  windowMs: number;
  windowBytes: number;
  /** Requests under way: enough to hide a round trip, and few enough for an archive with other things to do. */
  atOnce: number;
  /** Associations at once: archives count them by AE title, and have few. */
  associations: number;
  /** Longest unit of the DICOM network protocol that is taken, which an archive is told of. */
  pduBytes: number;
  /** Of a list of studies, series or images: 1.5 kB for each of the most images, by an archive that gives them all at once. */
  listBytes: number;
  /** Of one object. An Enhanced MR of a whole liver is some hundred megabytes. */
  objectBytes: number;
  /** Of everything that is fetched at once. */
  studyBytes: number;
  /** Tries of what may pass, and the pause before the second; each later one is twice as long. */
  tries: number;
  pauseMs: number;
}

export const pacsLimits: PacsLimits = {
  connectMs: 10_000,
  answerMs: 60_000,
  windowMs: 30_000,
  windowBytes: 32 * 1024,
  atOnce: 6,
  associations: 3,
  pduBytes: 128 * 1024,
  listBytes: 32 * 2 ** 20,
  objectBytes: 2 * 2 ** 30,
  studyBytes: 16 * 2 ** 30,
  tries: 3,
  pauseMs: 500,
};
