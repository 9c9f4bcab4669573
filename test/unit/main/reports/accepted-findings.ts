/**
 * What the checkers may say of the objects, each with why it stays. Anything else fails. `dciodvfy` says `Error` of what
 * breaks an IOD; its warnings are of what it does not know.
 */
export interface Accepted {
  says: RegExp;
  because: string;
}

/** None: no object has an error. */
export const acceptedErrors: readonly Accepted[] = [];

export const acceptedWarnings: readonly Accepted[] = [
  {
    says: /Unrecognized defined term <99HAICAST>.*Coding Scheme Designator/,
    because: 'A private coding scheme, declared in Coding Scheme Identification Sequence as PS3.3 C.12.1.1.1 asks.',
  },
  {
    says: /Unrecognized defined term <2\.25\.\d+>.*Coding Scheme UID/,
    because: 'The UID of that scheme.',
  },
  {
    says: /Unrecognized defined term <EVIDENCE>.*(Image|Frame) Type/,
    because: 'Value 3 of Image Type names the quantity; PS3.3 C.8.32.2.1 lists none for contributions to log-odds.',
  },
  {
    says: /Missing attribute or value that would be needed to build DICOMDIR - Study (Time|ID)/,
    because: 'Both are type 2. Where the study is not at hand nobody knows them, and they are not made up.',
  },
  {
    says: /Value dubious for this VR - .*Patient's Name.*Retired Person Name form/,
    because: 'Where the study is not at hand, only the name as people write it is known, and not where its parts end.',
  },
  {
    says: /Different information entities for attribute - Element=<AccessionNumber>/,
    because: 'Of dcentvfy itself: it takes the attribute for one of the series in some IODs. The values are the same.',
  },
];
