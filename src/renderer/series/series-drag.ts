/** A series that is dragged within the window: on an image to be seen there, on a role to be given it. */
const SERIES = 'application/x-haicast-series';

export const dragSeries = (event: DragEvent, seriesId: string): void => {
  event.dataTransfer?.setData(SERIES, seriesId);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
};

/** Lets a series be dropped here; anything else is left to the window, which opens studies. */
export const allowSeries = (event: DragEvent): void => {
  if (!event.dataTransfer?.types.includes(SERIES)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
};

/** Id of the series that was dropped; undefined for anything else. */
export const droppedSeries = (event: DragEvent): string | undefined => {
  const seriesId = event.dataTransfer?.getData(SERIES) || undefined;
  if (seriesId) event.preventDefault();
  return seriesId;
};
