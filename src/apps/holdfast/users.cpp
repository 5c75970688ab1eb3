#include "apps/holdfast/users.h"

#include "api/user_deeds.h"

namespace holdfast::apps {
namespace {

Json show(const ports::RecordRow& row) {
  Json shown;
  const auto json = parse_json(row.bytes);
  if (!json) return shown;
  for (const char* field : {"name", "roles", "stores", "created_at"})
    shown.set(field, (*json)[field]);
  return shown;
}

}  // namespace

cli::Users make_users(ports::Clock& clock, ports::Entropy& entropy) {
  const auto with = [&clock, &entropy](auto deed) -> cli::Users::Change {
    return [&clock, &entropy, deed](ports::Store& store, const cli::Users::Wish& wish) {
      return deed(api::UserTools{clock, entropy}, store,
                  {wish.tenant, wish.actor, wish.name, wish.role, wish.password});
    };
  };
  cli::Users users;
  users.add = with(api::add_user);
  users.remove = with(api::remove_user);
  users.password = with(api::set_password);
  users.show = show;
  return users;
}

}  // namespace holdfast::apps
