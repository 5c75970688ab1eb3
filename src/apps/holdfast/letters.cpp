#include "apps/holdfast/letters.h"

#include <utility>

#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t letters_at_once = 100;
constexpr std::chrono::milliseconds between_looks{500};

}  // namespace

Letters::Letters(store::PostgresStore& store, engine::Engine& engine)
    : store_(store), engine_(engine), thread_([this] { run(); }) {}

Letters::~Letters() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void Letters::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (woken_.wait_for(lock, between_looks, [this] { return stopping_; })) return;
    }
    if (under_way_ == 0) take();
  }
}

// A letter goes once its message stands in the inbox; one that comes twice is a duplicate there.
void Letters::take() {
  const auto letters = store_.letters(engine_.setup().tenant, letters_at_once);
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
                               (void)store_.drop_letter(engine_.setup().tenant, letter);
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
