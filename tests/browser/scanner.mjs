// A barcode scanner as the operating system sees it: a keyboard that strikes a key every few
// milliseconds and ends with Enter or Tab. The times are the keys' own, so that a busy machine
// slows nothing down.

const gapSeconds = 0.004;
const ends = {
  Enter: { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
  Tab: { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 },
};

export class Scanner {
  static async on(page) {
    return new Scanner(await page.context().newCDPSession(page));
  }

  constructor(session) {
    this.session = session;
    this.last = { text: "", at: 0 };
  }

  /** Scans one code. */
  async scan(text, end = "Enter") {
    // No hand aims at the same code again any sooner.
    const rest = text === this.last.text ? this.last.at + 600 - Date.now() : 0;
    if (rest > 0) await new Promise((done) => setTimeout(done, rest));
    this.last = { text, at: Date.now() };
    const start = Date.now() / 1000;
    const keys = [...[...text].map((key) => ({ key, text: key })), ends[end]];
    await Promise.all(
      keys.flatMap((key, at) => {
        const timestamp = start + at * gapSeconds;
        const modifiers = /[A-Z:#]/.test(key.key) && key.key.length === 1 ? 8 : 0;
        const strike = (type, more) =>
          this.session.send("Input.dispatchKeyEvent", {
            ...key,
            ...more,
            type,
            timestamp,
            modifiers,
          });
        return [strike("keyDown"), strike("keyUp", { text: undefined })];
      }),
    );
  }

  async scanAll(...texts) {
    for (const text of texts) await this.scan(text);
  }
}
