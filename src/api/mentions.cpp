#include "api/mentions.h"

#include <algorithm>

#include "api/newest_first.h"
#include "base/text.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

constexpr Duration kept_for = days(90);
constexpr std::size_t most_called = 20;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Whether a name that was found ends here: "@ann" is not in "@anna" and not in "@ann-marie".
bool ends(std::string_view rest) {
  if (rest.empty()) return true;
  const bool joined = (rest[0] == '-' || rest[0] == '.') && rest.size() > 1 && is_word(rest[1]);
  return !is_word(rest[0]) && !joined;
}

/// Whether a text begins with a name; `text` and `name` are lower case.
bool begins_with(std::string_view text, std::string_view name) {
  if (name.empty() || !text.starts_with(name)) return false;
  // Where a name ends in signs of a script without spaces, the next word may follow at once.
  return !is_word(name.back()) || ends(text.substr(name.size()));
}

std::set<std::string> as_set(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

bool may_read(const Desk& desk, const User& user) {
  return engine::rights_of(desk.setup().policy, as_set(user.roles)).contains(Right::Read);
}

Json mention_json(const engine::Stepped& stepped, const std::string& by) {
  Json json;
  json.set("order", engine::stream_text(stepped.stream));
  json.set("event", stepped.version - static_cast<std::int64_t>(stepped.events.size()) + 1);
  json.set("by", by);
  return json;
}

}  // namespace

bool reads_store(const Desk& desk, const User& user, const std::string& store) {
  const bool theirs =
      user.stores.empty() || std::ranges::find(user.stores, store) != user.stores.end();
  return theirs && may_read(desk, user);
}

bool is_colleague(const Desk& desk, const Who& who, const User& user) {
  const bool shares = who.everywhere() || user.stores.empty() ||
                      std::ranges::any_of(user.stores, [&](const std::string& store) {
                        return who.stores.contains(store);
                      });
  return shares && may_read(desk, user);
}

std::vector<User> named_in(std::string_view text, const std::vector<User>& users) {
  const auto low = lower(text);
  std::vector<User> found;
  for (auto at = low.find('@'); at != std::string::npos && found.size() < most_called;
       at = low.find('@', at + 1)) {
    if (at > 0 && is_word(low[at - 1])) continue;  // an e-mail address
    const auto rest = std::string_view(low).substr(at + 1);
    const User* best = nullptr;
    for (const auto& user : users) {
      const bool longer = !best || user.name.size() > best->name.size();
      if (longer && begins_with(rest, lower(user.name))) best = &user;
    }
    if (best && std::ranges::find(found, best->id, &User::id) == found.end()) {
      found.push_back(*best);
    }
  }
  return found;
}

Result<std::vector<User>> called_by(Desk& desk, const Who& who, std::string_view text,
                                    const std::string& store) {
  if (text.find('@') == std::string_view::npos) return std::vector<User>{};
  auto users = desk.people.users();
  if (!users) return users;
  std::erase_if(*users, [&](const User& user) {
    return user.name == who.name || !reads_store(desk, user, store);
  });
  return named_in(text, *users);
}

void submit_note(Desk& desk, const CallPtr& call, const ports::StreamKey& stream, Command command,
                 const std::vector<User>& called) {
  const auto rows = [&desk, called, by = call->who.name](const engine::Stepped& stepped) {
    std::vector<ports::RecordRow> records;
    for (const auto& user : called) {
      const auto key = newest_first_key(desk.now(), desk.deeds++, desk.people.secret(6));
      records.push_back({desk.tenant(), "mention", user.id + "-" + key,
                         to_text(mention_json(stepped, by)),
                         desk.people.row_expiry(desk.real_now() + kept_for)});
    }
    return records;
  };
  desk.engine.submit(stream, std::move(command), call->who.name, rows,
                     [&desk, call, called](Result<engine::Stepped> stepped) {
                       if (!stepped) return call->refuse(stepped.error());
                       Json names{Json::Array{}};
                       for (const auto& user : called) {
                         const auto news = mention_json(*stepped, call->who.name);
                         desk.live.tell_person("mention", news, user.id);
                         names.push(user.name);
                       }
                       auto json = result_json(*stepped);
                       json.set("mentioned", std::move(names));
                       call->answer(json_answer(json));
                     });
}

}  // namespace holdfast::api
