import { expect, it } from "vitest";
import { step } from "./rows";
import { typedName, withName } from "./mention";

it("finds the name that is being typed", () => {
  expect(typedName("@", 1)).toEqual({ at: 0, name: "" });
  expect(typedName("please @be", 10)).toEqual({ at: 7, name: "be" });
  expect(typedName("please @bench tw", 16)).toEqual({ at: 7, name: "bench tw" });
  expect(typedName("(@d", 3)).toEqual({ at: 1, name: "d" });
  expect(typedName("请@夜", 3)).toEqual({ at: 1, name: "夜" });
});

it("takes no e-mail address, no lone sign and no other line for a name", () => {
  expect(typedName("buyer@example", 13)).toBeNull();
  expect(typedName("at @ noon", 9)).toBeNull();
  expect(typedName("@bench\nlook", 11)).toBeNull();
  expect(typedName("no name", 7)).toBeNull();
});

it("puts the whole name in and leaves the rest of the note alone", () => {
  const text = "please @be look";
  const typed = typedName(text, 10)!;
  const done = withName(text, typed, "bench two");
  expect(done.text).toBe("please @bench two look");
  expect(done.text.slice(done.caret)).toBe("look");
});

it("walks rows without leaving them", () => {
  expect(step(-1, 1, 3)).toBe(0);
  expect(step(-1, -1, 3)).toBe(2);
  expect(step(2, 1, 3)).toBe(2);
  expect(step(0, -1, 3)).toBe(0);
  expect(step(0, 1, 0)).toBe(-1);
});
