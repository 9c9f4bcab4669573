import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/errors.ts';
import { type ModelManifest, modelManifestSchema } from '#shared/model/manifest.ts';
import { checkManifest } from './check-manifest.ts';
import { hasExternalWeights } from './external-weights.ts';

/** A model package whose files fit its manifest. Whether the weights fit too is found when they are loaded. */
export interface ModelPackage {
  folder: string;
  manifest: ModelManifest;
  weightsPath: string;
}

/** A package that does not fit, with every reason that was found. */
export const packageError = (reasons: readonly string[]): AppError =>
  new AppError('model-refused', `The model package does not fit: ${reasons.join('; ')}.`);

const MOST_REASONS = 5;

const parseManifest = (text: string): ModelManifest => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw packageError([`model.json is no JSON (${error instanceof Error ? error.message : error})`]);
  }
  const parsed = modelManifestSchema.safeParse(json);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(
      ({ path, message }) => `model.json, ${path.join('.') || 'top'}: ${message}`,
    );
    throw packageError(reasons.slice(0, MOST_REASONS));
  }
  const problems = checkManifest(parsed.data);
  if (problems.length > 0) throw packageError(problems);
  return parsed.data;
};

const sha256 = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

const sizeOf = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw packageError([`${basename(path)} is missing`]);
  return found.size;
};

const assertWhole = async (path: string): Promise<void> => {
  const reason = await readFile(path)
    .then((bytes) => hasExternalWeights(bytes) && 'takes weights from other files, which the SHA-256 does not cover')
    .catch((error: Error) => `cannot be read: ${error.message}`);
  if (reason) throw packageError([`${basename(path)} ${reason}`]);
};

/** The reference image [C, H, W] of a package's self-test. Throws `AppError('model-refused')`. */
export const readReferenceImage = async ({ folder, manifest }: ModelPackage): Promise<Float32Array> => {
  const { reference, channels, crop } = manifest;
  // Only a file of the package itself, whatever the manifest says.
  const path = join(folder, basename(reference.image));
  const size = await sizeOf(path);
  const expected = 4 * channels.length * crop.size * crop.size;
  if (size !== expected) throw packageError([`${basename(path)} has ${size} bytes, the input needs ${expected}`]);
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

/**
 * Reads and checks the package in a folder: manifest by schema and in itself, size and SHA-256 of the weights, the
 * reference input. Throws `AppError('model-refused')` with the reasons.
 */
export const readModelPackage = async (folder: string): Promise<ModelPackage> => {
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch(() => {
    throw packageError(['it has no model.json']);
  });
  const manifest = parseManifest(text);
  const weightsPath = join(folder, manifest.weights.file);
  const size = await sizeOf(weightsPath);
  const { bytes, sha256: wanted, file } = manifest.weights;
  if (size !== bytes) throw packageError([`${file} has ${size} bytes, the manifest says ${bytes}`]);
  const found = await sha256(weightsPath);
  if (found !== wanted) {
    throw packageError([
      `${file} was changed: its SHA-256 is ${found.slice(0, 12)}…, the manifest says ${wanted.slice(0, 12)}…`,
    ]);
  }
  await assertWhole(weightsPath);
  const model = { folder, manifest, weightsPath };
  await readReferenceImage(model);
  return model;
};
