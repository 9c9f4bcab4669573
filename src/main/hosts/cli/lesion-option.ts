import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import { add, type Vec3, vec3Schema } from '#shared/study/geometry.ts';
import { type Lesion, lesionSchema } from '#shared/study/lesion.ts';

const HOW =
  'Give --lesion X,Y,Z,DIAMETER (centre in mm, DICOM patient coordinates, and the longest diameter in mm) or --lesion FILE.json with what the workstation measured.';

const refuse = (why: string): AppError => new AppError('bad-lesion', `${why} ${HOW}`);

const NUMBERS = /^\s*[-+]?[\d.]+(e[-+]?\d+)?(\s*,\s*[-+]?[\d.]+(e[-+]?\d+)?)*\s*$/i;

export const isCoordinates = (text: string): boolean => NUMBERS.test(text);

/** A sphere as a measurement: its diameter along the patient's left-right axis, through the centre. */
const lesionAround = (center: Vec3, diameterMm: number, seriesId: string): Lesion => ({
  id: 'lesion-1',
  label: 'T1',
  kind: 'target',
  seriesId,
  longAxis: [add(center, [-diameterMm / 2, 0, 0]), add(center, [diameterMm / 2, 0, 0])],
});

const placeSchema = z.object({ center: vec3Schema, diameterMm: z.number().positive() });

/** `X,Y,Z,DIAMETER`; `seriesId` says in whose patient coordinates. Throws `bad-lesion`. */
export const lesionFromCoordinates = (text: string, seriesId: string): Lesion => {
  const numbers = text.split(',').map(Number);
  const [x, y, z, diameterMm] = numbers;
  if (
    numbers.length !== 4 ||
    x === undefined ||
    y === undefined ||
    z === undefined ||
    diameterMm === undefined ||
    !numbers.every(Number.isFinite)
  ) {
    throw refuse(`"${text}" is not a lesion: it needs four numbers.`);
  }
  if (diameterMm <= 0) throw refuse(`"${text}" is not a lesion: its diameter must be positive.`);
  return lesionAround([x, y, z], diameterMm, seriesId);
};

/** A lesion, a list of them, `{ lesions }`, or `{ center, diameterMm }`, from parsed JSON. Throws `bad-lesion`. */
export const lesionsFromJson = (json: unknown, seriesId: string): Lesion[] => {
  const wrapped = z.object({ lesions: z.unknown() }).safeParse(json);
  const inner = wrapped.success && wrapped.data.lesions !== undefined ? wrapped.data.lesions : json;
  const list = Array.isArray(inner) ? inner : [inner];
  if (list.length === 0) throw refuse('The file marks no lesion.');
  return list.map((item: unknown, index) => {
    const lesion = lesionSchema.safeParse(item);
    if (lesion.success) return lesion.data;
    const place = placeSchema.safeParse(item);
    if (!place.success) throw refuse(`Lesion ${index + 1} of the file cannot be read.`);
    const around = lesionAround(place.data.center, place.data.diameterMm, seriesId);
    return { ...around, id: `lesion-${index + 1}`, label: `T${index + 1}` };
  });
};
