declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  interface JpegLsDecoder {
    /** A view into the codec's memory to put the codestream into. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  }
  interface CharlsModule {
    JpegLSDecoder: new () => JpegLsDecoder;
  }
  const load: (options?: {
    print?: (text: string) => void;
    printErr?: (text: string) => void;
  }) => Promise<CharlsModule>;
  export default load;
}
