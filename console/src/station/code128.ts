// Code 128 (ISO/IEC 15417), set B: the bars of a printable text. Every laser and camera scanner
// reads it in its factory settings.

/** Widths of bar, space, bar, space, bar, space of each symbol value; the last is the stop. */
const widths = (
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 " +
  "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 " +
  "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 " +
  "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 " +
  "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 " +
  "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 " +
  "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 " +
  "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 " +
  "211214 211232 2331112"
).split(" ");
const startB = 104;
const stop = 106;
/** Modules of nothing that a scanner needs on both sides. */
export const quiet = 10;

/** Symbol values of a text with start, check and stop; nothing for what set B does not hold. */
export function symbols(text: string): number[] | null {
  const values = [...text].map((sign) => sign.charCodeAt(0) - 32);
  if (values.length === 0 || values.some((value) => value < 0 || value > 94)) return null;
  const sum = values.reduce((total, value, at) => total + value * (at + 1), startB);
  return [startB, ...values, sum % 103, stop];
}

export interface Bars {
  /** Modules in all, quiet zones included. */
  width: number;
  bars: { x: number; width: number }[];
}

/** Where the bars stand, in modules; nothing for a text that cannot be written. */
export function code128(text: string): Bars | null {
  const values = symbols(text);
  if (!values) return null;
  const bars: Bars["bars"] = [];
  let x = quiet;
  for (const value of values) {
    [...(widths[value] ?? "")].map(Number).forEach((width, at) => {
      if (at % 2 === 0) bars.push({ x, width });
      x += width;
    });
  }
  return { width: x + quiet, bars };
}
