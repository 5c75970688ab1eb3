// The shape of a catalogue: the same keys as the English one, none missing and none of its own.
export type Same<English> = { readonly [Key in keyof English]: string };
