// What a camera without a lens sees: a short film of one barcode for the browser's fake device.
import { writeFileSync } from "node:fs";

const width = 640;
const height = 480;
const module = 4;

/** Writes a Y4M film of the bars in `path`; `bars` is what the console's code128 gives. */
export function film(path, { bars, width: modules }) {
  const light = Buffer.alloc(width * height, 235);
  const left = Math.floor((width - modules * module) / 2);
  for (let y = 120; y < 360; y += 1) {
    for (const bar of bars) {
      const at = y * width + left + bar.x * module;
      light.fill(16, at, at + bar.width * module);
    }
  }
  const grey = Buffer.alloc((width * height) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  const frame = [Buffer.from("FRAME\n"), light, grey];
  writeFileSync(path, Buffer.concat([head, ...frame, ...frame]));
}
