import type { ModelManifest } from '#shared/model/manifest.ts';
import type { Signature, TensorInfo } from './model-io.ts';

/** `null` stands for a size that the manifest does not fix. The first dimension is the number of cases. */
type Expected = Record<string, (number | null)[]>;

const inputsOf = ({ channels, crop, factors }: ModelManifest): Expected => ({
  image: [null, channels.length, crop.size, crop.size],
  clinical: [null, factors.length],
  clinical_mask: [null, factors.length],
});

const outputsOf = ({ factors, interval, novelty }: ModelManifest): Expected => ({
  logit: [null],
  probability: [null],
  cam: [null, 1, null, null],
  image_contribution: [null],
  clinical_contributions: [null, factors.length],
  ...(interval ? { logit_members: [null, interval.members] } : {}),
  ...(novelty ? { features: [null, novelty.mean.length] } : {}),
});

const written = (shape: readonly (number | string | null)[]) => `[${shape.map((d) => d ?? '?').join(', ')}]`;

const compare = (kind: string, expected: Expected, actual: readonly TensorInfo[]): string[] =>
  Object.entries(expected).flatMap(([name, shape]) => {
    const found = actual.find((one) => one.name === name);
    if (!found) return [`the weights have no ${kind} "${name}"`];
    if (found.type !== 'float32') return [`${kind} "${name}" is ${found.type}, not float32`];
    const same =
      found.shape.length === shape.length &&
      found.shape.every((size, i) => {
        const wanted = shape[i];
        // A free dimension is checked when the model runs; a fixed number of cases must be one.
        if (typeof size === 'string') return true;
        return i === 0 ? size === 1 : wanted === null || size === wanted;
      });
    return same ? [] : [`${kind} "${name}" is ${written(found.shape)}, the manifest needs ${written(shape)}`];
  });

/** Where the weights' inputs and outputs do not fit the manifest; empty where they do. */
export const checkSignature = (manifest: ModelManifest, signature: Signature): string[] => {
  const inputs = inputsOf(manifest);
  const unasked = signature.inputs
    .filter(({ name }) => !Object.hasOwn(inputs, name))
    .map(({ name }) => `the weights ask for an input "${name}" that the application does not have`);
  return [
    ...compare('input', inputs, signature.inputs),
    ...unasked,
    ...compare('output', outputsOf(manifest), signature.outputs),
  ];
};
