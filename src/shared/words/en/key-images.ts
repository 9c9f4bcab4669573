export default {
  keptTitle: 'Kept images',
  kept: 'Image kept with the case: {role}. It is stored when the case is saved.',
  noRoom: 'There is no room for another kept image in this case. Remove one first.',
  name: '{role}, slice {slice}',
  slice: 'slice {slice}',
  withoutMap: 'without map',
  remove: 'Remove the kept image {name}',
  alt: '{role}, slice {slice}',
  altMap: '{role}, slice {slice}, with the evidence map',
};
