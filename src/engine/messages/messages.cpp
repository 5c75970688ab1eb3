#include "engine/messages/messages.h"

#include <kainjow/mustache.hpp>

#include "base/check.h"
#include "base/zone.h"
#include "engine/messages/data.h"

namespace holdfast::engine {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

Json parsed(std::string_view words) {
  auto json = parse_json(words);
  check(json.has_value(), "the message words are well-formed");
  return *json;
}

const Json& words_for(std::string_view locale) {
  static const Json english = parsed(letters::words_en_json);
  static const Json german = parsed(letters::words_de_json);
  return locale.starts_with("de") ? german : english;
}

/// Renders without escaping: what is filled in here is plain text; the HTML letter escapes it.
std::string filled(const std::string& pattern, data& values) {
  mustache view(pattern);
  view.set_custom_escape([](const std::string& text) { return text; });
  return view.render(values);
}

std::string reason_of(const core::OrderState& state, Moment moment, bool german) {
  if (moment != Moment::DelayDetected) return {};
  if (state.parcels.empty()) {
    return german ? "der Hersteller hat noch nicht bestätigt"
                  : "the maker has not confirmed it yet";
  }
  return german ? "das Paket kommt langsamer voran als geplant"
                : "the parcel moves more slowly than planned";
}

}  // namespace

std::string_view message_language(const core::OrderState& state, std::string_view locale) {
  if (!state.locale.empty()) locale = state.locale;
  return locale.starts_with("de") ? "de" : "en";
}

ports::NotifyJob buyer_message(const core::OrderState& state, Moment moment, std::int64_t parcel,
                               const std::string& page_url, const Address& buyer,
                               std::string_view locale) {
  const auto language = message_language(state, locale);
  const bool german = language == "de";
  const auto& words = words_for(language);
  const auto& moment_words = words[name_of(moment)];
  data values;
  values.set("order", state.store_number);
  values.set("reason", reason_of(state, moment, german));
  values.set("count", std::to_string(state.parcels.size()));
  if (const auto* box = state.parcel(parcel)) {
    values.set("carrier", box->carrier);
    values.set("tracking", box->tracking);
  }
  if (!state.questions.empty()) {
    values.set("due", date_text(local_time(state.questions.back().due_at, "UTC")));
  }
  ports::NotifyJob job;
  job.to = buyer.email;
  job.kind = name_of(moment);
  job.subject = filled(moment_words["subject"].string(), values);
  data letter;
  letter.set("locale", std::string(language));
  letter.set("subject", job.subject);
  letter.set("headline", filled(moment_words["headline"].string(), values));
  letter.set("body", filled(moment_words["body"].string(), values));
  if (parcel != 0 && state.parcels.size() > 1) {
    letter.set("parts", filled(words["parts"].string(), values));
  }
  letter.set("link", words["link"].string());
  letter.set("page", page_url);
  job.text = mustache(std::string(letters::letter_txt)).render(letter);
  job.html = mustache(std::string(letters::letter_html)).render(letter);
  return job;
}

}  // namespace holdfast::engine
