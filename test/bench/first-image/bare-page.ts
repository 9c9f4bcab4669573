/**
 * The peer: six Cornerstone3D stack viewports on an empty page. Handed sorted lists of files (`/series.json`), it loads
 * as a viewer for archives does: the file of the slice that is shown first, parsed in the page, the others afterwards.
 */
import {
  Enums,
  imageLoader,
  init,
  metaData,
  RenderingEngine,
  StackViewport,
  type Types,
  utilities,
} from '@cornerstonejs/core';
import { type DataSet, parseDicom } from 'dicom-parser';
import { numbers } from './numbers.ts';

const known = new Map<string, DataSet>();

const image = (imageId: string, data: DataSet): Types.IImage => {
  const [rows, columns] = [data.uint16('x00280010') ?? 0, data.uint16('x00280011') ?? 0];
  const element = data.elements.x7fe00010;
  if (!element) throw new Error('no pixels');
  const bytes = data.byteArray.slice(element.dataOffset, element.dataOffset + element.length);
  const scalarData = data.uint16('x00280103') === 1 ? new Int16Array(bytes.buffer) : new Uint16Array(bytes.buffer);
  let [low, high] = [0, 0];
  for (const value of scalarData) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const [rowSpacing = 1, columnSpacing = 1] = numbers(data, 'x00280030');
  return {
    imageId,
    rows,
    columns,
    height: rows,
    width: columns,
    minPixelValue: low,
    maxPixelValue: high,
    slope: 1,
    intercept: 0,
    windowCenter: (low + high) / 2,
    windowWidth: high - low,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    columnPixelSpacing: columnSpacing,
    rowPixelSpacing: rowSpacing,
    invert: false,
    sizeInBytes: scalarData.byteLength,
    dataType: scalarData instanceof Int16Array ? 'Int16Array' : 'Uint16Array',
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

const load = async (imageId: string): Promise<Types.IImage> => {
  const response = await fetch(imageId.replace('bare:', ''));
  const data = parseDicom(new Uint8Array(await response.arrayBuffer()));
  known.set(imageId, data);
  return image(imageId, data);
};

const provide = (type: string, imageId: string): unknown => {
  const data = known.get(imageId);
  if (!data) return undefined;
  const [rows, columns] = [data.uint16('x00280010') ?? 0, data.uint16('x00280011') ?? 0];
  if (type === Enums.MetadataModules.IMAGE_PLANE) {
    const direction = numbers(data, 'x00200037');
    const spacing = numbers(data, 'x00280030');
    return {
      rows,
      columns,
      frameOfReferenceUID: data.string('x00200052'),
      rowCosines: direction.slice(0, 3),
      columnCosines: direction.slice(3),
      imageOrientationPatient: direction,
      imagePositionPatient: numbers(data, 'x00200032'),
      pixelSpacing: spacing,
      rowPixelSpacing: spacing[0],
      columnPixelSpacing: spacing[1],
    };
  }
  if (type === Enums.MetadataModules.IMAGE_PIXEL)
    return {
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      samplesPerPixel: 1,
      pixelRepresentation: data.uint16('x00280103'),
      photometricInterpretation: 'MONOCHROME2',
    };
  return type === Enums.MetadataModules.GENERAL_SERIES ? { modality: 'MR' } : undefined;
};

const open = async (): Promise<void> => {
  const series: string[][] = await (await fetch('/series.json')).json();
  init();
  imageLoader.registerImageLoader('bare', (imageId) => ({ promise: load(imageId) }));
  metaData.addProvider(provide, 10_000);
  const engine = new RenderingEngine('bare');
  const panes = document.getElementById('panes');
  const loading: Promise<unknown>[] = [];
  const viewports: StackViewport[] = [];
  await Promise.all(
    series.map(async (files, index) => {
      const element = document.createElement('div');
      panes?.append(element);
      const viewportId = `pane-${index}`;
      engine.enableElement({ viewportId, element, type: Enums.ViewportType.STACK });
      const viewport = engine.getViewport(viewportId);
      if (!(viewport instanceof StackViewport)) throw new Error('no stack viewport');
      const ids = files.map((file) => `bare:${file}`);
      await viewport.setStack(ids, Math.floor(ids.length / 2));
      viewport.render();
      viewports.push(viewport);
      loading.push(...ids.map((id) => imageLoader.loadAndCacheImage(id)));
    }),
  );
  // What the bench of scrolling does to it: all viewports go on together, a hand windows the first.
  panes?.addEventListener('wheel', (event) => {
    for (const viewport of viewports) {
      const next = viewport.getCurrentImageIdIndex() + Math.sign(event.deltaY);
      if (next >= 0 && next < viewport.getImageIds().length) void viewport.setImageIdIndex(next);
    }
  });
  panes?.addEventListener('pointermove', (event) => {
    const [first] = viewports;
    if (!first || event.buttons !== 2) return;
    const { lower = 0, upper = 1 } = first.getProperties().voiRange ?? {};
    first.setProperties({ voiRange: { lower, upper: upper + event.movementX } });
    first.render();
  });
  await Promise.all(loading);
  Object.assign(globalThis, { allLoaded: true });
};

document.getElementById('open')?.addEventListener('click', () => void open());
