#pragma once
// A tracking provider with 17TRACK's API (document v2.4: /register, /gettrackinfo, push and its
// signature). It must never push a number that was not registered.

#include <map>
#include <string>

#include "base/json.h"
#include "peers/carriers.h"

namespace holdfast::peers {

struct TrackingOptions {
  std::string api_key;
  std::string hook_url;  // where pushes go; "" for none
};

class TrackingFace {
 public:
  TrackingFace(Scene& scene, Carriers& carriers, TrackingOptions options);

  /// Answers POST /register, /gettrackinfo and /getquota below any path; anything else is 404.
  FaceAnswer answer(const ports::Inbound& inbound);

  /// Changes where pushes go.
  void set_hook(std::string url) { options_.hook_url = std::move(url); }

  /// {registered: [numbers], pushes, accepted}.
  Json books() const;

 private:
  Json enter(const Json& item);
  Json read(const Json& item) const;
  Json data_of(const std::string& number) const;
  void push_later(const std::string& number);
  void push(const std::string& number, const std::string& body, int tries);

  Scene& scene_;
  Carriers& carriers_;
  TrackingOptions options_;
  std::map<std::string, std::int64_t, std::less<>> registered_;  // number, carrier code
  std::int64_t pushes_ = 0;
  std::int64_t accepted_ = 0;
};

}  // namespace holdfast::peers
