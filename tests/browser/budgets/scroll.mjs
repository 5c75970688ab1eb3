// A very long queue under the wheel and under held keys: how long every frame took to be drawn.

const wheelMs = 12_000;
const keyPresses = 120;

async function watchFrames(page) {
  await page.evaluate(() => {
    const frames = { longest: 0, count: 0, sum: 0, on: true };
    globalThis.frames = frames;
    let before = performance.now();
    const next = (now) => {
      const took = now - before;
      before = now;
      frames.count += 1;
      frames.sum += took;
      frames.longest = Math.max(frames.longest, took);
      if (frames.on) requestAnimationFrame(next);
    };
    requestAnimationFrame((now) => {
      before = now;
      requestAnimationFrame(next);
    });
    // What keeps a frame from being drawn counts as well, whoever asked for it.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (frames.on) frames.longest = Math.max(frames.longest, entry.duration);
      }
    }).observe({ type: "long-animation-frame" });
  });
}

/** The slowest frame in ms; `of` says how far it came. */
export async function scrolled(person, cases) {
  const { page } = person;
  await page.goto("/");
  const row = page.locator("[data-row]").first();
  await row.waitFor({ timeout: 60_000 });
  await page.locator('[data-live="live"]').waitFor();
  const { open } = await (await page.request.get("/api/v1/exceptions/counts")).json();
  if (open < cases) throw new Error(`the queue holds ${open} cases, not ${cases}`);
  // The first work of a fresh page is the load's, which has a limit of its own.
  await page.waitForTimeout(1_000);
  const box = await row.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await watchFrames(page);
  const end = Date.now() + wheelMs;
  while (Date.now() < end) await page.mouse.wheel(0, 1_500);
  for (let time = 0; time < keyPresses; time += 1) await page.keyboard.press("j");
  const found = await page.evaluate(() => {
    globalThis.frames.on = false;
    const rows = [...document.querySelectorAll("[data-row]")];
    const places = rows.map((each) => Number(each.closest("[data-index]")?.dataset.index ?? 0));
    return { ...globalThis.frames, last: Math.max(...places), drawn: rows.length };
  });
  if (found.count < 100) throw new Error(`only ${found.count} frames were drawn`);
  if (found.last < 1_000) throw new Error(`the wheel came only to row ${found.last}`);
  const mean = (found.sum / found.count).toFixed(1);
  return {
    value: found.longest,
    of: `${found.count} frames, mean ${mean} ms, to row ${found.last}, ${found.drawn} drawn`,
  };
}
