// A QR code as squares: drawn here, so that its secret is told to nobody.
import { QRCodeDecoderErrorCorrectionLevel, QRCodeEncoder } from "@zxing/library";

export interface Qr {
  /** Squares along a side, with the quiet zone that ISO/IEC 18004 asks for. */
  size: number;
  /** The dark ones, as the path of an SVG of that size. */
  path: string;
}

const quiet = 4;

/** Throws when the text is longer than a code can hold. */
export function qrOf(text: string): Qr {
  const drawn = QRCodeEncoder.encode(text, QRCodeDecoderErrorCorrectionLevel.M).getMatrix();
  const side = drawn.getWidth();
  let path = "";
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (drawn.get(x, y) === 1) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
    }
  }
  return { size: side + 2 * quiet, path };
}
