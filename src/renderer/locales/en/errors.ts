/** Sentences for error codes. A code that is not here is shown with the sentence it came with. */
export default {
  internal: 'Something failed inside the application. Nothing was changed. Try again; the log has the detail.',
  'worker-died':
    'The part of the application that did this work stopped unexpectedly and is being started again. Nothing that was saved is lost. Try again.',
  'not-open': 'This study is no longer open. Open it again.',
};
