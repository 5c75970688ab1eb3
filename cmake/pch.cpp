// Carries the precompiled header that every other target reuses; it must never hold code.
