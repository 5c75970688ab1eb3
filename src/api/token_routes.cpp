// API tokens: programs that act with some of their maker's rights.
#include <algorithm>

#include "api/audit.h"
#include "api/desk.h"
#include "api/fields.h"
#include "api/given.h"

namespace holdfast::api {
namespace {

constexpr Duration longest_token = days(400);

/// Whoever lets people in sees and ends every token; others those that go with them, and programs
/// those they made.
bool has_say(const Who& who, const Token& token) {
  if (who.keeps_people()) return true;
  return who.by_token ? token.parent == who.token_id : token.maker_id == who.user_id();
}

/// A token and those made with it, and with those.
std::vector<ports::RecordKey> family_of(const Desk& desk, const std::vector<Token>& tokens,
                                        const Token& eldest) {
  std::vector<ports::RecordKey> keys;
  std::vector<const Token*> members{&eldest};
  std::set<std::string> known{eldest.id};
  for (std::size_t i = 0; i < members.size(); ++i) {
    keys.push_back({desk.tenant(), "token", members[i]->key});
    for (const auto& token : tokens) {
      if (token.parent == members[i]->id && known.insert(token.id).second) {
        members.push_back(&token);
      }
    }
  }
  return keys;
}

void list_tokens(Desk& desk, const CallPtr& call) {
  auto tokens = desk.people.tokens();
  if (!tokens) return call->refuse(tokens.error());
  Json items{Json::Array{}};
  for (const auto& token : *tokens) {
    if (has_say(call->who, token)) items.push(token_json(token));
  }
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

void create_token(Desk& desk, const CallPtr& call) {
  Fields fields(call->body);
  Token token;
  token.name = fields.text("name", 1, 100);
  token.scopes = fields.words("scopes", known_scopes());
  const auto stores = fields.some_words("stores", known_stores(desk));
  token.expires_at = fields.instant("expires_at");
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  const auto now = desk.real_now();
  if (token.expires_at <= now || token.expires_at > now + longest_token) {
    return call->refuse(
        Trouble{422, "invalid", "A token ends within 400 days from now.", "expires_at", {}});
  }
  for (const auto& scope : token.scopes) {
    const auto right = from_name<Right>(scope);
    if (right && call->who.may(*right)) continue;
    return call->refuse(
        Trouble{403, "not_allowed", "You do not have the right " + scope + ".", "scopes", {}});
  }
  auto given = given_stores(call->who, stores);
  if (!given) return call->refuse(given.error());
  token.stores = std::move(*given);
  token.maker = call->who.by_token ? call->who.maker : call->who.name;
  token.maker_id = call->who.user_id();
  std::vector<engine::AsRead> as_read;
  if (call->who.by_token) {
    // It outlives neither the day nor the end of the one that made it.
    token.parent = call->who.token_id;
    token.expires_at = std::min(token.expires_at, call->who.expires_at);
    as_read.push_back(engine::present({desk.tenant(), "token", call->who.token_key}));
  }
  const auto secret = "hft_" + desk.people.secret(32);
  token.id = "tok_" + desk.people.secret(9);
  token.key = hex(sha256(secret));
  token.created_at = now;
  token.created_by = call->who.name;
  Json json;
  json.set("token", token_json(token));
  json.set("secret", secret);
  write_change(desk, call, {std::move(as_read), {desk.people.row_of(token)}, {}},
               {"token_made", token.name, join(token.scopes, ", ")}, json_answer(json, 201));
}

void revoke_token(Desk& desk, const CallPtr& call) {
  auto tokens = desk.people.tokens();
  if (!tokens) return call->refuse(tokens.error());
  const auto found = std::ranges::find(*tokens, call->segment(3), &Token::id);
  if (found == tokens->end() || !has_say(call->who, *found)) return call->answer(not_found());
  auto family = family_of(desk, *tokens, *found);
  const auto detail =
      family.size() > 1 ? std::to_string(family.size() - 1) + " made with it" : std::string();
  write_records(desk, call, {}, std::move(family), {"token_revoked", found->name, detail},
                empty_answer(204));
}

}  // namespace

std::vector<Route> token_routes() {
  return {
      {"listTokens", list_tokens}, {"createToken", create_token}, {"revokeToken", revoke_token}};
}

}  // namespace holdfast::api
