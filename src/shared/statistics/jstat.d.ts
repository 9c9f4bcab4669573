declare module 'jstat' {
  interface Continuous {
    cdf(x: number, ...parameters: number[]): number;
    inv(p: number, ...parameters: number[]): number;
  }
  export const jStat: {
    normal: Continuous;
    chisquare: Continuous;
    beta: Continuous;
    centralF: Continuous;
    studentt: Continuous;
  };
  const module: { jStat: typeof jStat };
  export default module;
}
