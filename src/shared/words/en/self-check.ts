import { selfCheckWords } from '#shared/self-check.ts';

export default {
  title: 'Self-check',
  open: 'Self-check…',
  again: 'Check again',
  columns: { subject: 'What', state: 'State', says: 'Found', remedy: 'What to do' },
  subjects: {
    records: 'Records',
    backup: 'Backup',
    model: 'Model',
    provider: 'Computing',
    disk: 'Disk',
    clock: 'Clock',
    versions: 'Versions',
  },
  states: { good: 'Good', attention: 'Look at it', bad: 'Not good' },
  overall: {
    good: 'Everything is as it should be.',
    attention: 'Everything works; something wants a look.',
    bad: 'Something does not work, or will be lost.',
  },
  words: selfCheckWords,
  bundle: {
    title: 'Support bundle',
    hint: 'For whoever helps you: log, versions, settings and this check, without passwords and without names. Nothing is sent. Look through every file; what is shown is what is saved.',
    look: 'Show what would leave',
    files: 'Files',
    empty: 'This file is empty.',
    save: 'Save…',
    saved: 'Saved as {folder}.',
    savedDownload: 'On its way to your browser as a zip.',
  },
};
