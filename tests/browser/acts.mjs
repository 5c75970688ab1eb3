// A story in acts, each built on the one before: the first that fails ends it, and all are counted.

/** `holds` plans an act; `play` opens the world, plays them and closes it whatever happened. */
export function story(name) {
  const planned = [];
  const holds = (what, body) => planned.push({ what, body });

  /** `failed(index)` is told which act failed, while the world still stands. */
  async function play({ open, failed, close }) {
    let passed = 0;
    try {
      await open();
      for (const [index, { what, body }] of planned.entries()) {
        try {
          await body();
          passed += 1;
          console.log(`ok ${what}`);
        } catch (error) {
          console.log(`not ok ${what}\n${error.stack}`);
          await failed(index);
          break;
        }
      }
    } catch (error) {
      console.log(`not ok the world stands\n${error.stack}`);
    } finally {
      await close();
    }
    console.log(`${name} ${passed}/${planned.length}`);
    process.exitCode = passed === planned.length ? 0 : 1;
  }
  return { holds, play };
}
