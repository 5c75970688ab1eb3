// A camera's picture as the server takes it: small, a JPEG, and drawn anew, so that nothing the
// camera wrote into it (place, device, time) leaves the browser.

/** Longest side in pixels: a serial number on a whole carton stays readable. */
export const longestSide = 2_000;
const quality = 0.85;
/** The server's bound (src/api/photos.cpp). */
const mostBytes = 10 * 1024 * 1024;

/** Width and height of a picture that fits, never larger than it is. */
export function fitted(width: number, height: number, most = longestSide): [number, number] {
  const scale = Math.min(1, most / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

export async function smallPhoto(file: Blob): Promise<Blob> {
  // The picture stands as it was taken: its orientation is drawn, not noted.
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const [width, height] = fitted(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
  if (!made || made.size > mostBytes) throw new Error("this picture cannot be made smaller");
  return made;
}
