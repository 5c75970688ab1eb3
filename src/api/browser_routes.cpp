// The browsers somebody signed in with, listed and ended.
#include <algorithm>

#include "api/audit.h"
#include "api/desk.h"

namespace holdfast::api {
namespace {

/// Whoever lets people in sees and ends every session; others their own.
bool has_say(const Who& who, const Session& session) {
  return who.keeps_people() || (who.user && session.user_id == who.user->id);
}

void list_sessions(Desk& desk, const CallPtr& call) {
  auto sessions = desk.people.sessions();
  if (!sessions) return call->refuse(sessions.error());
  std::ranges::sort(*sessions, std::ranges::greater{}, &Session::seen_at);
  const auto user = call->parameter("user");
  Json items{Json::Array{}};
  for (const auto& session : *sessions) {
    const bool asked = user.empty() ? call->who.user && session.user_id == call->who.user->id
                                    : session.user_id == user;
    if (asked && has_say(call->who, session)) {
      items.push(session_row_json(session, call->who.session_key));
    }
  }
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

void end_session(Desk& desk, const CallPtr& call) {
  auto sessions = desk.people.sessions();
  if (!sessions) return call->refuse(sessions.error());
  const auto found = std::ranges::find(*sessions, call->segment(3), &Session::id);
  if (found == sessions->end() || !has_say(call->who, *found)) return call->answer(not_found());
  write_records(desk, call, {}, {desk.people.session_key(found->key)},
                {"session_ended", found->user, found->address}, empty_answer(204));
}

}  // namespace

std::vector<Route> browser_routes() {
  return {{"listSessions", list_sessions}, {"endSession", end_session}};
}

}  // namespace holdfast::api
