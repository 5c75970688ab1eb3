#pragma once
// Dice: chance that repeats, cheap enough to be thrown for every message. Each concern throws its
// own, named one, so that what one draws never shifts what another draws.

#include <cstdint>
#include <string_view>

#include "base/instant.h"
#include "ports/clock.h"

namespace holdfast::sim {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view name) : state_(seed * 0x9E3779B97F4A7C15U + 1) {
    for (const char c : name) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }

  /// 64 bits by SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    auto z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  /// From `least` to `most`, both included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    const auto size = static_cast<std::uint64_t>(most - least) + 1;
    return least + static_cast<std::int64_t>(next() % size);
  }

  /// True in `permille` of a thousand throws.
  bool happens(std::int64_t permille) { return permille > 0 && between(0, 999) < permille; }

  /// A span of whole milliseconds, both ends included.
  Duration span(Duration least, Duration most) { return {between(least.ms, most.ms)}; }

 private:
  std::uint64_t state_;
};

/// The program's source of chance, repeatable.
class SeededEntropy : public ports::Entropy {
 public:
  explicit SeededEntropy(std::uint64_t seed) : dice_(seed, "entropy") {}

  std::string bytes(std::size_t count) override {
    std::string out;
    out.reserve(count + 8);
    while (out.size() < count) {
      auto drawn = dice_.next();
      for (int i = 0; i < 8; ++i, drawn >>= 8U) out += static_cast<char>(drawn & 0xFFU);
    }
    out.resize(count);
    return out;
  }

 private:
  Dice dice_;
};

/// The program's clock: the world's time and an error that faults put in.
class SetClock : public ports::Clock {
 public:
  explicit SetClock(Instant start) : at(start) {}

  Instant now() override { return at + error; }

  Instant at;      // the world's time
  Duration error;  // how far the program's clock is off
};

}  // namespace holdfast::sim
