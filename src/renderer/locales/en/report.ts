export default {
  heading: 'Predicted response to HAIC',
  print: 'Print',
  pdf: 'Save as PDF',
  lesion: 'Index lesion',
  factors: 'Clinical factors',
  value: 'Value',
  model: 'Model',
  images: 'Key images, with the evidence map',
  made: 'Computed {at}.',
  confirmed: 'Image roles confirmed by {name}.',
  atBaseRate: 'At a response rate of {rate} ({criterion})',
  baseRate: 'Response rate in training: {rate} ({criterion}).',
};
