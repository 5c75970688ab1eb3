// A policy comes into force: published from a draft, or rolled back to what was in force before.
// It is written first and the engine begins again with it; when that cannot be, it is taken back.
#include "api/audit.h"
#include "api/fields.h"
#include "api/policy_book.h"

namespace holdfast::api {
namespace {

/// What is to be in force, and over what.
struct Change {
  PolicyDeed deed;
  WrittenPolicy was;
};

using ChangePtr = std::shared_ptr<const Change>;

Deed audited(const Change& change) {
  const auto& deed = change.deed;
  const auto about =
      deed.deed == "folder" ? std::string("configuration") : deed.policy.version.substr(0, 12);
  return {deed.deed == "published" ? "policy_published" : "policy_rolled_back", about,
          deed.policy.note};
}

/// Names what was in force before again, after the engine would not begin with the new one.
void take_back(Desk& desk, const CallPtr& call, const ChangePtr& change,
               const ports::RecordKey& deed, const Error& why) {
  std::vector<ports::RecordRow> rows;
  std::vector<ports::RecordKey> drop{deed};
  if (change->was.published)
    rows.push_back(current_row(desk, change->was));
  else
    drop.push_back(current_key(desk));
  rows.push_back(audit_row(
      desk, *call,
      {"policy_rolled_back", change->deed.policy.version.substr(0, 12), "it could not begin"}));
  desk.engine.put_records(std::move(rows), std::move(drop),
                          [call, why](const Result<engine::Stepped>& written) {
                            call->refuse(written ? why : written.error());
                          });
}

void write(Desk& desk, const CallPtr& call, const ChangePtr& change) {
  const auto& policy = change->deed.policy;
  std::vector<ports::RecordRow> rows{deed_row(desk, change->deed),
                                     audit_row(desk, *call, audited(*change))};
  std::vector<ports::RecordKey> drop;
  const ports::RecordKey deed{desk.tenant(), rows.front().kind, rows.front().key};
  // What the folder said is kept as well, so that a difference to it can be shown for ever.
  if (!change->was.published) rows.push_back(version_row(desk, change->was));
  if (policy.published) {
    if (change->deed.deed == "published") rows.push_back(version_row(desk, policy));
    rows.push_back(current_row(desk, policy));
  } else {
    drop.push_back(current_key(desk));
  }
  desk.engine.put_records(std::move(rows), std::move(drop),
                          [&desk, call, change, deed](const Result<engine::Stepped>& written) {
                            if (!written) return call->refuse(written.error());
                            desk.options.reopen([&desk, call, change, deed](const Status& begun) {
                              if (!begun) return take_back(desk, call, change, deed, begun.error());
                              call->answer(json_answer(policy_info_json(change->deed.policy)));
                            });
                          });
}

/// One change at a time; a second one is refused until the first was answered.
bool alone(Desk& desk, const CallPtr& call) {
  if (desk.policy_changing.exchange(true)) {
    call->refuse(Trouble{409,
                         "conflict",
                         "Somebody else changes the policy at this moment.",
                         {},
                         "look again in a moment"});
    return false;
  }
  call->answer = [&desk, inner = std::move(call->answer)](net::ServerResponse response) {
    desk.policy_changing = false;
    inner(std::move(response));
  };
  return true;
}

/// Looks at everything once more and writes. `before` is what the caller thinks is in force.
void bring_into_force(Desk& desk, const CallPtr& call, PolicyDeed deed, const std::string& before) {
  auto was = current_policy(desk);
  if (!was) return call->refuse(was.error());
  if (was->version != before) {
    return call->refuse(Trouble{409, "conflict",
                                "Another policy is in force by now" +
                                    (was->by.empty() ? std::string(".") : ", by " + was->by + "."),
                                "before", "compare your draft with it, then publish again"});
  }
  auto& policy = deed.policy;
  if (policy.version == was->version && policy.published == was->published) {
    return call->refuse(Trouble{422, "invalid", "This policy is in force already.", "files", {}});
  }
  const auto problems = problems_here(desk, policy.files);
  if (!problems) return call->refuse(problems.error());
  if (!problems->empty()) return call->refuse(not_sound(*problems));
  policy.before = was->version;
  policy.by = call->who.name;
  policy.at = desk.real_now();
  deed.change = engine::policy_text_change(was->files, policy.files);
  if (!was->published) was->at = policy.at;  // seen then
  write(desk, call, std::make_shared<const Change>(Change{std::move(deed), std::move(*was)}));
}

/// Whether this server can begin again by itself; answers when not.
bool can_begin_again(const Desk& desk, const CallPtr& call) {
  if (desk.options.reopen) return true;
  call->refuse(Trouble{503, "unavailable", "This server cannot change its policy.", {}, {}});
  return false;
}

void publish_policy(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  fields.skip("files");
  PolicyDeed deed;
  deed.deed = "published";
  deed.policy.note = fields.text("note", 1, 500);
  const auto before = fields.text("before", 1, 64);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto files = draft_of(call->body);
  if (!files) return call->refuse(files.error());
  deed.policy.files = std::move(*files);
  deed.policy.version = engine::policy_text_version(deed.policy.files);
  deed.policy.published = true;
  if (!can_begin_again(desk, call) || !alone(desk, call)) return;
  bring_into_force(desk, call, std::move(deed), before);
}

/// The policy to roll back to: a version that is kept, or the configuration's own.
Result<std::optional<WrittenPolicy>> wanted(const Desk& desk, const std::string& version) {
  if (!version.empty()) return kept_policy(desk, version);
  auto own = configured_policy(desk);
  if (!own) return fail(own.error());
  return std::optional<WrittenPolicy>(std::move(*own));
}

void roll_back_policy(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  PolicyDeed deed;
  const auto version = fields.maybe_text("version", 64);
  const auto note = fields.text("note", 1, 500);
  const auto before = fields.text("before", 1, 64);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  auto policy = wanted(desk, version);
  if (!policy) return call->refuse(policy.error());
  if (!*policy) return call->answer(not_found());
  deed.deed = version.empty() ? "folder" : "rolled_back";
  deed.policy = std::move(**policy);
  deed.policy.note = note;
  if (!can_begin_again(desk, call) || !alone(desk, call)) return;
  bring_into_force(desk, call, std::move(deed), before);
}

}  // namespace

std::vector<Route> policy_publish_routes() {
  return {{"publishPolicy", publish_policy}, {"rollBackPolicy", roll_back_policy}};
}

}  // namespace holdfast::api
