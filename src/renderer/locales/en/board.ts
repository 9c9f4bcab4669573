export default {
  problems: {
    'recommendation-not-considered': 'what is recommended is not among the options that were considered. Add it there.',
    'option-twice': 'an option stands there twice. Take one away, or say how they differ.',
    'reason-missing': 'the board disagrees with the model without saying why. Enter the reason.',
    'nothing-shown': 'no result of the model was shown, so the board can neither agree nor disagree. Choose Not used.',
    'due-before-meeting': 'it is due before the day of the meeting. Choose a later day.',
  },
};
