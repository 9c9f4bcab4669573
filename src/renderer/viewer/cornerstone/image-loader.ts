/** Hands slices of stored volumes to Cornerstone, with the metadata modules it asks for. Nothing is decoded here. */
import { cache, Enums, imageLoader, metaData, type Types, utilities } from '@cornerstonejs/core';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { imageIdOf, parseImageId } from './image-ids.ts';
import { storedSeries, whenForgotten } from './volume-store.ts';
import type { Pixels } from './voxels.ts';

const SCHEME = 'haicast';

const arrayName = (pixels: Pixels): 'Int16Array' | 'Uint16Array' | 'Float32Array' => {
  if (pixels instanceof Int16Array) return 'Int16Array';
  return pixels instanceof Uint16Array ? 'Uint16Array' : 'Float32Array';
};

/** Cornerstone groups annotations by frame of reference; a stack without one gets a group of its own. */
export const frameOf = (info: Pick<VolumeInfo, 'geometry' | 'seriesId'>): string =>
  info.geometry?.frameOfReferenceUID ?? `no-frame:${info.seriesId}`;

const image = (imageId: string, info: VolumeInfo, scalarData: Pixels): Types.IImage => {
  const [, rows, columns] = info.shape;
  return {
    imageId,
    rows,
    columns,
    height: rows,
    width: columns,
    minPixelValue: info.range.min,
    maxPixelValue: info.range.max,
    // The modality transform is already in the values.
    slope: 1,
    intercept: 0,
    windowCenter: info.window.center,
    windowWidth: info.window.width,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    columnPixelSpacing: info.geometry?.columnSpacing ?? 1,
    rowPixelSpacing: info.geometry?.rowSpacing ?? 1,
    invert: info.invert,
    sizeInBytes: scalarData.byteLength,
    dataType: arrayName(scalarData),
    voxelManager: utilities.VoxelManager.createImageVoxelManager({
      scalarData,
      width: columns,
      height: rows,
      numberOfComponents: 1,
    }),
    getPixelData: () => scalarData,
    getCanvas: () => document.createElement('canvas'),
  };
};

const load = (imageId: string): { promise: Promise<Types.IImage> } => {
  const parsed = parseImageId(imageId);
  const series = parsed && storedSeries(parsed);
  const pixels = parsed && series?.slice(parsed.slice);
  return {
    promise:
      series && pixels
        ? Promise.resolve(image(imageId, series.info, pixels))
        : Promise.reject(new Error('this image is not in memory')),
  };
};

/** An unplaced stack says so by leaving the position out: Cornerstone then knows that its own values are stand-ins. */
const planeModule = (info: VolumeInfo, k: number): Types.ImagePlaneModule => {
  const [, rows, columns] = info.shape;
  const g = info.geometry;
  const position = g?.positions[k];
  const base = { rows, columns, frameOfReferenceUID: frameOf(info) };
  if (!g || !position) return base;
  return {
    ...base,
    rowCosines: g.rowDirection,
    columnCosines: g.columnDirection,
    imageOrientationPatient: [...g.rowDirection, ...g.columnDirection],
    imagePositionPatient: position,
    pixelSpacing: [g.rowSpacing, g.columnSpacing],
    rowPixelSpacing: g.rowSpacing,
    columnPixelSpacing: g.columnSpacing,
  };
};

const bits = (info: VolumeInfo): number => (info.dtype === 'float32' ? 32 : 16);

const provide = (type: string, imageId: unknown): unknown => {
  const parsed = typeof imageId === 'string' ? parseImageId(imageId) : undefined;
  const info = parsed && storedSeries(parsed)?.info;
  if (!info) return undefined;
  switch (type) {
    case Enums.MetadataModules.IMAGE_PLANE:
      return planeModule(info, parsed.slice);
    case Enums.MetadataModules.IMAGE_PIXEL:
      return {
        bitsAllocated: bits(info),
        bitsStored: bits(info),
        highBit: bits(info) - 1,
        samplesPerPixel: 1,
        pixelRepresentation: info.dtype === 'uint16' ? 0 : 1,
        photometricInterpretation: info.invert ? 'MONOCHROME1' : 'MONOCHROME2',
      };
    case Enums.MetadataModules.GENERAL_SERIES:
      return { modality: 'MR', seriesInstanceUID: info.seriesId };
    case Enums.MetadataModules.VOI_LUT:
      return { windowCenter: [info.window.center], windowWidth: [info.window.width] };
    case Enums.MetadataModules.SOP_COMMON:
      return { sopInstanceUID: info.sopInstanceUIDs[parsed.slice] };
    default:
      return undefined;
  }
};

export const registerImageLoader = (): void => {
  imageLoader.registerImageLoader(SCHEME, load);
  metaData.addProvider(provide, 10_000);
  // What Cornerstone keeps of slices that nobody shows any more would keep their voxels.
  whenForgotten((key, slices) => {
    for (const imageId of slices.map((k) => imageIdOf(key, k)))
      if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId, { force: true });
  });
};
