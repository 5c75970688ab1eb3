// The tablet's camera as a second scanner: the browser's own reader where it has one, else ZXing,
// which is loaded only then. Pictures are looked at and forgotten; none is kept or sent.

interface Found {
  rawValue: string;
}
interface BarcodeReader {
  detect(from: HTMLVideoElement): Promise<Found[]>;
}
type BarcodeReaderClass = new (options: { formats: string[] }) => BarcodeReader;

const formats = [
  "code_128",
  "code_39",
  "ean_13",
  "ean_8",
  "upc_a",
  "itf",
  "qr_code",
  "data_matrix",
];
const lookMs = 150;
/** A code counts again only after it was out of sight for this long. */
export const goneMs = 1_500;

/** Makes of many looks at one code one scan. */
export class Sightings {
  private readonly seen = new Map<string, number>();

  /** Whether this look at `code` is the first of a scan. */
  isNew(code: string, at: number): boolean {
    const last = this.seen.get(code);
    this.seen.set(code, at);
    for (const [each, when] of this.seen) if (at - when > goneMs) this.seen.delete(each);
    return last === undefined || at - last > goneMs;
  }
}

async function browsersOwn(): Promise<BarcodeReader | null> {
  const own = (globalThis as { BarcodeDetector?: BarcodeReaderClass }).BarcodeDetector;
  try {
    return own ? new own({ formats }) : null;
  } catch {
    // Named but not there, as on systems without the service behind it.
    return null;
  }
}

async function zxing(): Promise<BarcodeReader> {
  const { BrowserMultiFormatReader } = await import("@zxing/browser");
  const reader = new BrowserMultiFormatReader();
  return {
    detect: async (video) => {
      try {
        return [{ rawValue: reader.decode(video).getText() }];
      } catch {
        // Nothing in this picture.
        return [];
      }
    },
  };
}

/** Shows the camera in `video` and tells every scan; ends with the returned function. */
export async function openCamera(
  video: HTMLVideoElement,
  heard: (text: string) => void,
): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 } },
    audio: false,
  });
  let open = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    open = false;
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  try {
    video.srcObject = stream;
    await video.play();
    const reader = (await browsersOwn()) ?? (await zxing());
    const sightings = new Sightings();
    const look = async () => {
      const found = await reader.detect(video).catch(() => []);
      if (!open) return;
      for (const { rawValue } of found) {
        if (rawValue && sightings.isNew(rawValue, Date.now())) heard(rawValue);
      }
      timer = setTimeout(() => void look(), lookMs);
    };
    void look();
  } catch (error) {
    close();
    throw error;
  }
  return close;
}
