// The bench: tasks and photos.
#include <algorithm>
#include <charconv>

#include "api/desk.h"
#include "api/goods.h"
#include "api/own_rows.h"
#include "api/photos.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

Json counts_of(const std::vector<engine::StationTask>& tasks) {
  Json json;
  for (const auto kind :
       {CheckKind::Receiving, CheckKind::Inspection, CheckKind::Packing, CheckKind::LabelMatch}) {
    json.set(name_of(kind), std::ranges::count(tasks, kind, &engine::StationTask::step));
  }
  return json;
}

bool scanned(const engine::StationTask& task, const std::string& scan) {
  return scan.empty() || std::ranges::any_of(task.scans, [&](const std::string& text) {
           return lower(text) == lower(scan) || "#" + lower(scan) == lower(text);
         });
}

Result<std::size_t> offset_of(const Call& call) {
  const auto text = call.parameter("cursor");
  std::size_t offset = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (text.empty() || (error == std::errc{} && end == text.data() + text.size())) return offset;
  return fail(ErrorCode::Invalid, "This cursor is not one of ours.", "cursor");
}

/// A task whose lines show what their listings promise.
Json with_pictures(Json task, const Pictures& promised) {
  Json lines{Json::Array{}};
  for (Json line : task["lines"].items()) {
    line.set("photos", pictures_json(promised, line["sku"].string()));
    lines.push(std::move(line));
  }
  task.set("lines", std::move(lines));
  return task;
}

void list_tasks(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  auto offset = offset_of(*call);
  if (!offset) return call->refuse(offset.error());
  std::optional<CheckKind> step;
  if (const auto text = call->parameter("step"); !text.empty()) {
    auto kind = from_name<CheckKind>(text);
    if (!kind) return call->refuse(within(kind.error(), "step"));
    step = *kind;
  }
  auto tasks = desk.station.tasks(desk.store(), desk.engine.vault(), desk.setup());
  if (!tasks) return call->refuse(tasks.error());
  std::erase_if(*tasks, [&](const engine::StationTask& task) {
    return !call->who.sees(task.json["channel"].string());
  });
  const auto promised = pictures(desk);
  if (!promised) return call->refuse(promised.error());
  const auto scan = std::string(trim(call->parameter("q")));
  Json items{Json::Array{}};
  std::size_t at = 0;
  bool more = false;
  for (const auto& task : *tasks) {
    if ((step && task.step != *step) || !scanned(task, scan)) continue;
    if (at++ < *offset) continue;
    more = items.items().size() == *limit;
    if (more) break;
    items.push(with_pictures(task.json, **promised));
  }
  auto json = page_json(std::move(items), more ? std::to_string(*offset + *limit) : "");
  json.set("counts", counts_of(*tasks));
  json.set("procedures", engine::station_procedures(desk.setup().policy));
  call->answer(json_answer(json));
}

void upload_photo(Desk& desk, const CallPtr& call) {
  const auto& bytes = call->request.body;
  if (const auto trouble = wrong_image(*call)) return call->refuse(*trouble);
  auto id = id_from<OrderTag>(call->parameter("order"));
  if (!id) return call->refuse(Trouble{422, "invalid", "Which order?", "order", {}});
  const ports::StreamKey stream{desk.tenant(), ports::StreamKind::Order, id->value};
  const auto theirs = sees_stream(desk, call->who, stream);
  if (!theirs) return call->refuse(theirs.error());
  if (!*theirs) return call->answer(not_found());
  take_photo(desk, stream, bytes, [call, json = photo_json(bytes)](const Status& kept) {
    if (kept)
      call->answer(json_answer(json, 201));
    else
      call->refuse(kept.error());
  });
}

void get_photo(Desk& desk, const CallPtr& call) {
  const auto theirs = [&](const ports::StreamKey& stream) {
    return sees_stream(desk, call->who, stream).value_or(false);
  };
  auto bytes = engine::find_photo(photo_place(desk), desk.tenant(), call->segment(3), theirs);
  if (!bytes) return call->refuse(bytes.error());
  call->answer(image_answer(std::move(*bytes)));
}

}  // namespace

std::vector<Route> station_routes() {
  return {{"listStationTasks", list_tasks}, {"uploadPhoto", upload_photo}, {"getPhoto", get_photo}};
}

}  // namespace holdfast::api
