#include "base/hash.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "engine/evidence/coverage.h"

namespace holdfast::cli {

Answer evidence_export(Desk& desk, const Request& request) {
  const auto stream = find_order(desk, request.text("order"));
  if (!stream) return fail(stream.error());
  if (!desk.export_pack) {
    return fail(ErrorCode::Unavailable, "no evidence can be exported here", "",
                "the master key signs packs: name it in [secrets]");
  }
  const auto history = read_history(*desk.store, *stream);
  if (!history) return fail(history.error());
  const auto pack = desk.export_pack(*stream, request.text("profile"), request.text("supplier"));
  if (!pack) return fail(pack.error());
  const auto coverage = engine::coverage_of(history->state, history->events);
  Json missing{Json::Array{}};
  for (const auto& what : coverage.missing) missing.push(what);
  Json json;
  json.set("order", id_text(OrderTag::prefix, stream->id));
  json.set("profile", request.text("profile"));
  json.set("sha256", hex(sha256(*pack)));
  json.set("bytes", std::int64_t(pack->size()));
  json.set("coverage_permille", coverage.permille);
  json.set("missing", std::move(missing));
  json.set("archive", base64(*pack));
  return json;
}

}  // namespace holdfast::cli
