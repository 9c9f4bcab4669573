/** What crosses to the inference process and back. Arrays are float32, row-major, one case at a time (N = 1). */

export interface ModelInputs {
  /** [C, H, W]. */
  image: Float32Array;
  /** [F]: z values, 0 where missing. */
  clinical: Float32Array;
  /** [F]: 1 where known, 0 where missing. */
  clinicalMask: Float32Array;
}

export interface OutputTensor {
  data: Float32Array;
  dims: number[];
}
export type ModelOutputs = Record<string, OutputTensor>;

/** An input or output of an ONNX graph as its session describes it; a string is a free dimension. */
export interface TensorInfo {
  name: string;
  type: string;
  shape: (number | string)[];
}

export interface Signature {
  inputs: TensorInfo[];
  outputs: TensorInfo[];
}

export interface LoadRequest {
  /** SHA-256 of the weights. */
  key: string;
  path: string;
  provider: string;
}

export interface RunRequest extends ModelInputs {
  key: string;
  provider: string;
  /** [C, H, W]. */
  imageShape: [number, number, number];
}

export interface RunResult {
  outputs: ModelOutputs;
  /** Milliseconds inside ONNX Runtime. */
  runMs: number;
}
