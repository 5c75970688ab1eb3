// Commands, digits and codes; the bars of the card; labels and their readings.
import { describe, expect, it } from "vitest";
import { code128, quiet, symbols } from "./code128";
import { compare, isOrder, orderAsKnown, readings, type KnownParcel } from "./labels";
import { cardText, commands, readScan, sameCode } from "./scan";

describe("a scan", () => {
  it("is each command and digit of the card", () => {
    for (const command of commands) {
      expect(readScan(cardText(command))).toEqual({ kind: "command", command });
    }
    for (let digit = 0; digit < 10; digit += 1) {
      expect(readScan(cardText(digit))).toEqual({ kind: "digit", digit });
    }
  });

  it("forgives Caps Lock, another country's keyboard and a scanner's own prefix", () => {
    for (const text of ["hf:pass", "HFÖPASS", "HF;PASS", "]C0HF:PASS", " HF:PASS\u001d"]) {
      expect(readScan(text)).toEqual({ kind: "command", command: "PASS" });
    }
  });

  it("is a code otherwise, even one that looks alike", () => {
    for (const text of ["HF-2", "HF-PASS", "HF:PASSED", "HF:12", "PASS", "HF 1", "THROW-L"]) {
      expect(readScan(text)).toEqual({ kind: "code", text });
    }
  });

  it("is nothing without a sign", () => {
    expect(readScan("")).toBeNull();
    expect(readScan("  \u001d")).toBeNull();
  });

  it("names an order with or without its sign, in any case", () => {
    expect(sameCode("#1042", "1042")).toBe(true);
    expect(sameCode("HF-2K8", "hf-2k8")).toBe(true);
    expect(sameCode("", "")).toBe(false);
  });
});

describe("Code 128", () => {
  it("has start, text, check and stop", () => {
    // Worked by hand: 104 + 1*40 + 2*38 = 220, 220 mod 103 = 14.
    expect(symbols("HF")).toEqual([104, 40, 38, 14, 106]);
    expect(symbols("ü")).toBeNull();
    expect(symbols("")).toBeNull();
  });

  it("draws eleven modules a symbol, thirteen for the stop, and quiet zones", () => {
    const drawn = code128("HF:NEXT");
    expect(drawn?.width).toBe(9 * 11 + 13 + 2 * quiet);
    // Three bars a symbol, four in the stop.
    expect(drawn?.bars).toHaveLength(9 * 3 + 4);
    expect(drawn?.bars[0]).toEqual({ x: quiet, width: 2 });
  });
});

describe("a label", () => {
  const parcel = (change: Partial<KnownParcel>): KnownParcel => ({
    order: "ord_1",
    store_number: "#1",
    po: "HF-1A",
    parcel: 1,
    carrier: "post",
    digest: "d:LX1",
    matched: false,
    ...change,
  });
  const wanted = { order: "ord_1", po: "HF-1A", store_number: "#1" };
  const digest = async (text: string) => `d:${text}`;
  const all = [
    parcel({}),
    parcel({ parcel: 2, digest: "d:LX2" }),
    parcel({ order: "ord_9", store_number: "#9", po: "HF-9A", digest: "d:LX9" }),
  ];
  const scan = (order: string, label: string, parcels = all) =>
    compare(wanted, { order, label }, parcels, digest);

  it("matches any parcel of its order, by PO or by the store's number", async () => {
    expect(await scan("HF-1A", "LX1")).toMatchObject({ kind: "match", label: "LX1" });
    expect(await scan("1", "LX2")).toMatchObject({ kind: "match", parcel: { parcel: 2 } });
  });

  it("is recorded in the reading that fits", async () => {
    expect(await scan("HF-1A", " lx 1 ")).toMatchObject({ kind: "match", label: "LX1" });
    const long = "9400111899223197428490";
    const usps = [parcel({ digest: `d:${long}` })];
    expect(await scan("HF-1A", `42012345${long}`, usps)).toMatchObject({ label: long });
    expect(readings("LX1")).toEqual(["LX1"]);
  });

  it("says whose it is when it is another's", async () => {
    expect(await scan("HF-1A", "LX9")).toMatchObject({
      kind: "label of another",
      parcel: { po: "HF-9A", store_number: "#9" },
    });
    expect(await scan("HF-1A", "LX7")).toEqual({ kind: "label of another", parcel: null });
    expect(await scan("HF-9A", "LX1")).toEqual({ kind: "order of another" });
  });

  it("is not judged here when nothing of its order was loaded", async () => {
    expect(await scan("HF-1A", "LX1", [])).toEqual({ kind: "not known here" });
    const without = [parcel({ digest: "" })];
    expect(await scan("#1", "LX1", without)).toEqual({ kind: "not known here" });
    // A page that came without TLS has no digests of its own to compare.
    expect(await compare(wanted, { order: "#1", label: "LX1" }, all, async () => "")).toEqual({
      kind: "not known here",
    });
  });

  it("goes to the server with the order's number as the server knows it", () => {
    expect(isOrder(wanted, "hf-1a")).toBe(true);
    expect(orderAsKnown(wanted, "hf-1a")).toBe("HF-1A");
    expect(orderAsKnown(wanted, "1")).toBe("#1");
  });
});

it("draws bars that a reader reads", async () => {
  const { BinaryBitmap, Code128Reader, HybridBinarizer, RGBLuminanceSource } =
    await import("@zxing/library");
  const module = 3;
  const height = 60;
  for (const text of [
    ...commands.map(cardText),
    ...Array.from({ length: 10 }, (_, at) => cardText(at)),
  ]) {
    const drawn = code128(text);
    expect(drawn).not.toBeNull();
    if (!drawn) continue;
    const width = drawn.width * module;
    const light = new Uint8ClampedArray(width * height).fill(255);
    for (let y = 0; y < height; y += 1) {
      for (const bar of drawn.bars) {
        const at = y * width + bar.x * module;
        light.fill(0, at, at + bar.width * module);
      }
    }
    const picture = new BinaryBitmap(
      new HybridBinarizer(new RGBLuminanceSource(light, width, height)),
    );
    expect(new Code128Reader().decode(picture).getText()).toBe(text);
  }
});
