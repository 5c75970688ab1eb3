#include "apps/holdfast/tenancy.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t letters_at_once = 100;
constexpr Duration between_looks = milliseconds(500);

}  // namespace

Tenancy::Tenancy(store::PostgresStore& store, TenantId tenant, Duration lease,
                 engine::Engine& engine, std::function<void()> lost)
    : store_(store),
      tenant_(tenant),
      lease_(lease),
      engine_(engine),
      lost_(std::move(lost)),
      thread_([this] { run(); }) {}

Tenancy::~Tenancy() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
  if (auto given = store_.give_up_lease(tenant_); !given) {
    log_warning("lease", "the tenant was not given up; another process takes it when it has ended",
                {field("why", describe(given.error()))});
  }
}

void Tenancy::run() {
  const auto look = std::min(between_looks, Duration{lease_.ms / 3});
  auto renew_at = std::chrono::steady_clock::now();
  while (true) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, std::chrono::milliseconds(look.ms), [this] { return stopping_; });
      if (stopping_) return;
    }
    if (std::chrono::steady_clock::now() >= renew_at) {
      const auto renewed = store_.renew_lease(tenant_);
      if (!renewed && renewed.error().code == ErrorCode::Conflict) {
        log_error("lease", "another process works for this tenant; this one ends", {});
        lost_();
        return;
      }
      if (!renewed) {
        log_warning("lease", "the lease was not renewed",
                    {field("why", describe(renewed.error()))});
      }
      renew_at = std::chrono::steady_clock::now() + std::chrono::milliseconds(lease_.ms / 3);
    }
    if (under_way_ == 0) take_letters();
  }
}

// A letter goes once its message stands in the inbox; one that comes twice is a duplicate there.
void Tenancy::take_letters() {
  const auto letters = store_.letters(tenant_, letters_at_once);
  if (!letters) return;
  for (const auto& letter : *letters) {
    const auto opened = engine_.vault().unseal_tenant("letter/" + letter.id, letter.bytes);
    auto content = opened ? decode_letter(*opened) : Result<LetterContent>(fail(opened.error()));
    if (!content) {
      log_error("lease", "a letter cannot be read",
                {field("letter", letter.id), field("why", describe(content.error()))});
      continue;
    }
    ++under_way_;
    engine_.receive_proven(content->account, std::move(content->inbound),
                           std::move(content->delivery),
                           [this, letter](const Result<engine::Reception>& received) {
                             if (received) {
                               // A letter that stays is taken again and found to be a duplicate.
                               (void)store_.drop_letter(tenant_, letter);
                             }
                             --under_way_;
                           });
  }
}

std::string encode_letter(const std::string& account, const ports::Inbound& inbound,
                          const ports::Delivery& delivery) {
  Json headers{Json::Array{}};
  for (const auto& [name, value] : inbound.headers) {
    headers.push(base64(name));
    headers.push(base64(value));
  }
  Json json;
  json.set("account", account);
  json.set("method", inbound.method);
  json.set("path", base64(inbound.path));
  json.set("query", base64(inbound.query));
  json.set("headers", std::move(headers));
  json.set("body", base64(inbound.body));
  json.set("received_at", to_text(inbound.received_at));
  json.set("dedupe_key", base64(delivery.dedupe_key));
  json.set("event_key", base64(delivery.event_key));
  json.set("topic", base64(delivery.topic));
  json.set("order_id", base64(delivery.order_id));
  json.set("understood", delivery.understood);
  json.set("problem", base64(delivery.problem));
  json.set("meaning", static_cast<std::int64_t>(delivery.meaning));
  return to_text(json);
}

Result<LetterContent> decode_letter(const std::string& bytes) {
  const auto json = parse_json(bytes);
  if (!json) return fail(json.error());
  Status sound;
  const auto text = [&](const Json& value) {
    auto plain = from_base64(value.string());
    if (!plain) sound = fail(plain.error());
    return plain ? *plain : std::string();
  };
  LetterContent content;
  content.account = (*json)["account"].string();
  content.inbound.method = (*json)["method"].string();
  content.inbound.path = text((*json)["path"]);
  content.inbound.query = text((*json)["query"]);
  const auto& headers = (*json)["headers"].items();
  for (std::size_t i = 0; i + 1 < headers.size(); i += 2) {
    content.inbound.headers.emplace_back(text(headers[i]), text(headers[i + 1]));
  }
  content.inbound.body = text((*json)["body"]);
  const auto received_at = parse_instant((*json)["received_at"].string());
  if (!received_at) return fail(received_at.error());
  content.inbound.received_at = *received_at;
  auto& delivery = content.delivery;
  delivery.dedupe_key = text((*json)["dedupe_key"]);
  delivery.event_key = text((*json)["event_key"]);
  delivery.topic = text((*json)["topic"]);
  delivery.order_id = text((*json)["order_id"]);
  delivery.understood = (*json)["understood"].boolean();
  delivery.problem = text((*json)["problem"]);
  delivery.meaning = static_cast<ports::Delivery::Meaning>((*json)["meaning"].integer());
  if (!sound) return fail(sound.error());
  return content;
}

}  // namespace holdfast::apps
