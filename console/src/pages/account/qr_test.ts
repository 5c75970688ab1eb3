// @vitest-environment node
import { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from "@zxing/library";
import { expect, it } from "vitest";
import { qrOf } from "./qr";

/** Draws the path as a picture of so many dots a square, as a screen does. */
function read({ size, path }: { size: number; path: string }): string {
  const dots = 4;
  const side = size * dots;
  const light = new Uint8ClampedArray(side * side).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < dots; row += 1) {
      const from = (Number(y) * dots + row) * side + Number(x) * dots;
      light.fill(0, from, from + dots);
    }
  }
  const source = new RGBLuminanceSource(light, side, side);
  return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
}

it.each([
  "otpauth://totp/Holdfast%20demo:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Holdfast%20demo",
  `otpauth://totp/${"%E9%98%BF".repeat(40)}:${"n".repeat(100)}?secret=JBSWY3DPEHPK3PXP`,
])("draws a code that a reader reads", (address) => {
  expect(read(qrOf(address))).toBe(address);
});
