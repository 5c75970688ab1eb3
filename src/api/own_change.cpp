#include "api/own_change.h"

namespace holdfast::api {

Result<Change> own_change(Desk& desk, const Who& who, User user) {
  Change change;
  change.as_read = {desk.people.as_read(user),
                    engine::present(desk.people.session_key(who.session_key))};
  user.stamp = desk.people.new_stamp();
  auto session = desk.people.restamped(who.session_key, user.stamp);
  if (!session) return fail(session.error());
  auto others = desk.people.sessions_of(user, who.session_key);
  if (!others) return fail(others.error());
  change.rows = {desk.people.row_of(user), std::move(*session)};
  change.drop = std::move(*others);
  return change;
}

}  // namespace holdfast::api
