#pragma once
// What all actors of a world share: its clock and agenda, its seeded chance, its outgoing post and
// its fault list. Nothing here may depend on the machine: equal seeds and calls give equal worlds.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "peers/faults.h"
#include "ports/message.h"

namespace holdfast::peers {

/// What will happen when; time moves only by advance_to.
class Agenda {
 public:
  /// Begins at `start`; every wait is divided by `hurry` (at least 1).
  Agenda(Instant start, std::int64_t hurry);

  /// The world's present.
  Instant now() const { return now_; }

  /// Does `act` once `wait` (divided by hurry) is over.
  void after(Duration wait, std::function<void()> act);

  /// Does `act` at an instant, at the next advance when that is past.
  void at(Instant instant, std::function<void()> act);

  /// Moves the present forward, doing what falls due in its order; an earlier instant does nothing.
  void advance_to(Instant instant);

  /// When the next thing falls due; 0 when nothing is planned.
  Instant next() const;

 private:
  Instant now_;
  std::int64_t hurry_;
  std::int64_t count_ = 0;
  std::map<std::pair<Instant, std::int64_t>, std::function<void()>> due_;
};

/// Seeded chance by name: what one actor draws never shifts what another draws.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : seed_(seed) {}

  /// A whole number from `least` to `most`, the same for the same key.
  std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most) const;

  /// A span between two, in whole seconds.
  Duration span(std::string_view key, Duration least, Duration most) const;

  /// True in `permille` of a thousand keys.
  bool happens(std::string_view key, std::int64_t permille) const;

  /// Hexadecimal text of at most 64 characters.
  std::string hex_text(std::string_view key, std::size_t length) const;

  /// Text in the form of a UUID.
  std::string uuid(std::string_view key) const;

 private:
  std::uint64_t seed_;
};

/// A request an actor wants sent, with the number its answer is reported under.
struct Outgoing {
  std::int64_t number = 0;
  ports::HttpRequest request;
};

/// Requests on their way out of the world, and what is done with their answers.
class Post {
 public:
  using Answered = std::function<void(const ports::Response&)>;

  /// Queues a request; `answered` is called by answer().
  void send(ports::HttpRequest request, Answered answered);

  /// Takes what is queued; each must be answered once.
  std::vector<Outgoing> take();

  /// Reports the answer to a request that was taken; an unknown number does nothing.
  void answer(std::int64_t number, const ports::Response& response);

  /// Requests queued or not yet answered.
  std::size_t open() const { return waiting_.size(); }

 private:
  std::int64_t count_ = 0;
  std::vector<Outgoing> queue_;
  std::map<std::int64_t, Answered> waiting_;
};

/// The parts above, as every actor gets them.
struct Scene {
  Agenda agenda;
  Chance chance;
  FaultPlan faults;
  Post post;
};

/// What a face answers. `delay` is in real time; with `never` the connection is left unanswered.
struct FaceAnswer {
  ports::HttpResponse response;
  Duration delay;
  bool never = false;
};

/// Whether a response is an HTTP answer with a status from 200 to 299.
bool is_success(const ports::Response& response);

}  // namespace holdfast::peers
