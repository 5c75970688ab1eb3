#include "tests/kit/deliveries.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"

namespace holdfast::kit {
namespace {

using Made = std::optional<RawRequest>;  // nothing when it does not apply to this delivery

struct Maker {
  const char* name;
  Fate fate;
  std::function<Made(Dice&, const MutationSources&)> make;
};
using Makers = std::vector<Maker>;

const std::vector<std::string>& signed_headers(Sender sender) {
  static const std::vector<std::string> shop{"X-Shopify-Hmac-Sha256", "X-Shopify-Topic",
                                             "X-Shopify-Shop-Domain", "X-Shopify-API-Version",
                                             "X-Shopify-Webhook-Id"};
  static const std::vector<std::string> supplier{"webhook-signature", "webhook-id",
                                                 "webhook-timestamp"};
  static const std::vector<std::string> tracker{"sign"};
  switch (sender) {
    case Sender::Shop:
      return shop;
    case Sender::Supplier:
      return supplier;
    case Sender::Tracker:
      return tracker;
  }
  return shop;
}

const std::string& signature_name(Sender sender) { return signed_headers(sender).front(); }

std::string value_of(const RawRequest& request, std::string_view name) {
  return std::string(ports::header(request.headers, name));
}

void put(RawRequest& request, const std::string& name, const std::string& value) {
  for (auto& [known, text] : request.headers) {
    if (lower(known) == lower(name)) {
      text = value;
      return;
    }
  }
  request.headers.emplace_back(name, value);
}

void drop(RawRequest& request, const std::string& name) {
  std::erase_if(request.headers, [&](const auto& h) { return lower(h.first) == lower(name); });
}

template <class T>
const T& one_of(Dice& dice, const std::vector<T>& list) {
  return list[dice.below(list.size())];
}

std::string text_of(Dice& dice, std::size_t length) {
  std::string text;
  while (text.size() < length) text.push_back("0123456789abcdef"[dice.below(16)]);
  return text;
}

/// Changes the request and gives it back, or nothing when nothing changed.
Made changed(const MutationSources& from, const std::function<void(RawRequest&)>& change) {
  const auto before = raw_request(from.original);
  auto after = before;
  change(after);
  if (bytes_of(before) == bytes_of(after)) return std::nullopt;
  return after;
}

Made signature(const MutationSources& from,
               const std::function<std::string(const std::string&)>& change) {
  return changed(from, [&](RawRequest& request) {
    const auto& name = signature_name(from.original.sender);
    put(request, name, change(value_of(request, name)));
  });
}

std::string to_utf16(std::string_view text, bool mark) {
  std::string out = mark ? "\xFF\xFE" : "";
  for (const char c : text) out += {c, '\0'};
  return out;
}

// ---- forged: these cannot be proven -------------------------------------------------------------

void add_bodies(Makers& makers) {
  const auto body = [](std::function<std::string(Dice&, std::string)> change) {
    return [change = std::move(change)](Dice& dice, const MutationSources& from) {
      return changed(from, [&](RawRequest& r) { r.body = change(dice, r.body); });
    };
  };
  makers.push_back({"a bit of the body turned", Fate::Refused, body([](Dice& dice, std::string b) {
                      auto& byte = b[dice.below(b.size())];
                      byte = static_cast<char>(byte ^ (1 << dice.below(8)));
                      return b;
                    })});
  makers.push_back({"the body cut", Fate::Refused, body([](Dice& dice, const std::string& b) {
                      return b.substr(0, dice.below(b.size()));
                    })});
  makers.push_back({"white space behind the body", Fate::Refused,
                    body([](Dice&, const std::string& b) { return b + "\n"; })});
  makers.push_back({"white space within the body", Fate::Refused,
                    body([](Dice&, const std::string& b) { return "{ " + b.substr(1); })});
  makers.push_back(
      {"a digit of the body changed", Fate::Refused, body([](Dice& dice, std::string b) {
         const auto at = b.find_first_of("0123456789", dice.below(b.size()));
         if (at != std::string::npos) b[at] = b[at] == '1' ? '7' : '1';
         return b;
       })});
  makers.push_back(
      {"the body twice", Fate::Refused, body([](Dice&, const std::string& b) { return b + b; })});
  makers.push_back({"no body", Fate::Refused, body([](Dice&, const std::string&) { return ""; })});
  makers.push_back({"a byte order mark before the body", Fate::Refused,
                    body([](Dice&, const std::string& b) { return "\xEF\xBB\xBF" + b; })});
  makers.push_back({"the body in UTF-16", Fate::Refused, body([](Dice& dice, const std::string& b) {
                      return to_utf16(b, dice.below(2) == 0);
                    })});
  makers.push_back({"the body in base64", Fate::Refused,
                    body([](Dice&, const std::string& b) { return base64(b); })});
  makers.push_back({"another delivery's body", Fate::Refused,
                    [](Dice& dice, const MutationSources& from) -> Made {
                      const auto& other = one_of(dice, from.earlier).request.body;
                      if (other == from.original.request.body) return std::nullopt;
                      return changed(from, [&](RawRequest& r) { r.body = other; });
                    }});
}

void add_signatures(Makers& makers) {
  const auto with = [&](const char* name, std::function<std::string(Dice&, std::string)> change) {
    makers.push_back({name, Fate::Refused,
                      [change = std::move(change)](Dice& dice, const MutationSources& from) {
                        return signature(from,
                                         [&](const std::string& s) { return change(dice, s); });
                      }});
  };
  with("a sign of the signature changed", [](Dice& dice, std::string s) {
    auto& c = s[dice.below(s.size())];
    c = c == 'x' ? 'y' : 'x';
    return s;
  });
  with("the signature cut",
       [](Dice& dice, const std::string& s) { return s.substr(0, dice.below(s.size())); });
  with("the signature grown", [](Dice&, const std::string& s) { return s + "="; });
  with("an empty signature", [](Dice&, const std::string&) { return ""; });
  with("the signature in quotes", [](Dice&, const std::string& s) { return '"' + s + '"'; });
  with("a space within the signature",
       [](Dice& dice, std::string s) { return s.insert(1 + dice.below(s.size() - 1), " "); });
  with("the signature in another alphabet", [](Dice&, const std::string& s) {
    const auto bytes = from_base64(s.substr(s.find(',') + 1));
    return bytes ? hex(*bytes) : base64(s);
  });
  makers.push_back({"no signature", Fate::Refused, [](Dice&, const MutationSources& from) {
                      return changed(from, [&](RawRequest& r) {
                        drop(r, signature_name(from.original.sender));
                      });
                    }});
  makers.push_back({"the signature twice", Fate::Refused, [](Dice& dice, const auto& from) {
                      return changed(from, [&](RawRequest& r) {
                        const auto& name = signature_name(from.original.sender);
                        const auto right = value_of(r, name);
                        const auto other = dice.below(2) == 0 ? right : base64(text_of(dice, 32));
                        const auto where = dice.below(2) == 0 ? r.headers.begin() : r.headers.end();
                        r.headers.insert(where, {name, other});
                      });
                    }});
  makers.push_back(
      {"signed with a guessed secret", Fate::Refused, [](Dice& dice, const auto& from) {
         return changed(
             from, [&](RawRequest& r) { sign_again(r, from.original.sender, text_of(dice, 16)); });
       }});
  makers.push_back({"signed with an empty secret", Fate::Refused, [](Dice&, const auto& from) {
                      return changed(
                          from, [&](RawRequest& r) { sign_again(r, from.original.sender, ""); });
                    }});
}

void add_headers(Makers& makers) {
  makers.push_back({"a needed header missing", Fate::Refused, [](Dice& dice, const auto& from) {
                      const auto& name = one_of(dice, signed_headers(from.original.sender));
                      return changed(from, [&](RawRequest& r) { drop(r, name); });
                    }});
  makers.push_back({"a needed header empty", Fate::Refused, [](Dice& dice, const auto& from) {
                      const auto& name = one_of(dice, signed_headers(from.original.sender));
                      return changed(from, [&](RawRequest& r) { put(r, name, ""); });
                    }});
  makers.push_back({"a needed header twice", Fate::Refused, [](Dice& dice, const auto& from) {
                      const auto& name = one_of(dice, signed_headers(from.original.sender));
                      return changed(from, [&](RawRequest& r) {
                        const auto value = value_of(r, name);
                        r.headers.emplace_back(dice.below(2) == 0 ? lower(name) : name,
                                               dice.below(2) == 0 ? value : value + "x");
                      });
                    }});
  makers.push_back({"a needed header over two lines", Fate::Refused, [](Dice&, const auto& from) {
                      // Unsigned headers take what a fold makes of them; a supplier's
                      // signature header may list several, and a fold adds one.
                      const std::string name = from.original.sender == Sender::Supplier
                                                   ? "webhook-id"
                                                   : signature_name(from.original.sender);
                      return changed(
                          from, [&](RawRequest& r) { put(r, name, "x\r\n " + value_of(r, name)); });
                    }});
  makers.push_back({"a zero byte in a header", Fate::Refused, [](Dice& dice, const auto& from) {
                      const auto& name = one_of(dice, signed_headers(from.original.sender));
                      return changed(from, [&](RawRequest& r) {
                        put(r, name, value_of(r, name) + std::string(1, '\0'));
                      });
                    }});
  makers.push_back({"a message of another time", Fate::Refused,
                    [](Dice& dice, const MutationSources& from) -> Made {
                      if (from.original.sender != Sender::Supplier) return std::nullopt;
                      const auto away = static_cast<std::int64_t>(301 + dice.below(100'000));
                      const auto told = from.now_seconds + (dice.below(2) == 0 ? away : -away);
                      return changed(from, [&](RawRequest& r) {
                        put(r, "webhook-timestamp", std::to_string(told));
                        if (dice.below(2) == 0) {
                          sign_again(r, Sender::Supplier, from.original.secret);
                        }
                      });
                    }});
  makers.push_back(
      {"a signed id changed", Fate::Refused, [](Dice& dice, const MutationSources& from) -> Made {
         if (from.original.sender != Sender::Supplier) return std::nullopt;
         return changed(from,
                        [&](RawRequest& r) { put(r, "webhook-id", "msg_" + text_of(dice, 12)); });
       }});
}

void add_addresses(Makers& makers) {
  makers.push_back({"to another account", Fate::Refused, [](Dice& dice, const auto& from) -> Made {
                      static const std::vector<std::string> accounts{
                          "shop", "north", "quick", "tracker", "nobody", "paper", "mail", "Shop"};
                      const auto& account = one_of(dice, accounts);
                      if (account == from.original.account) return std::nullopt;
                      return changed(from, [&](RawRequest& r) { r.target = "/hooks/" + account; });
                    }});
  makers.push_back({"to another shop's account", Fate::Refused, [](Dice&, const auto& from) {
                      return changed(
                          from, [&](RawRequest& r) { r.target = "/hooks/" + from.other_account; });
                    }});
  makers.push_back(
      {"of another shop", Fate::Refused, [](Dice& dice, const MutationSources& from) -> Made {
         if (from.original.sender != Sender::Shop) return std::nullopt;
         return changed(from, [&](RawRequest& r) {
           put(r, "X-Shopify-Shop-Domain",
               dice.below(2) == 0 ? from.other_domain : "x" + from.other_domain);
         });
       }});
  makers.push_back({"below or beside the account", Fate::Refused, [](Dice& dice, const auto& from) {
                      static const std::vector<std::string> tails{"/more", "/../nobody", "/%2e%2e"};
                      return changed(from, [&](RawRequest& r) {
                        r.target = dice.below(4) == 0 ? "/hooks" : r.target + one_of(dice, tails);
                        // Only the shop's connector has one address and no other.
                        if (from.original.sender != Sender::Shop) r.target = "/hooks";
                      });
                    }});
  makers.push_back(
      {"by another method", Fate::Refused, [](Dice& dice, const MutationSources& from) -> Made {
         static const std::vector<std::string> methods{"GET", "PUT", "PATCH", "DELETE"};
         if (from.original.sender != Sender::Shop) return std::nullopt;
         return changed(from, [&](RawRequest& r) { r.method = one_of(dice, methods); });
       }});
}

void add_framing(Makers& makers) {
  makers.push_back({"a length too short", Fate::Refused, [](Dice& dice, const auto& from) {
                      return changed(from, [&](RawRequest& r) {
                        r.length = std::to_string(dice.below(r.body.size()));
                      });
                    }});
  makers.push_back({"a length too long", Fate::Refused, [](Dice& dice, const auto& from) {
                      return changed(from, [&](RawRequest& r) {
                        r.length = std::to_string(r.body.size() + 1 + dice.below(100));
                        r.finish = true;
                      });
                    }});
  makers.push_back({"a length that is none", Fate::Refused, [](Dice& dice, const auto& from) {
                      static const std::vector<std::string> lengths{"-1", "0x10", "1,2", "ten",
                                                                    "99999999999999999999"};
                      return changed(from, [&](RawRequest& r) {
                        r.length = one_of(dice, lengths);
                        r.finish = true;
                      });
                    }});
  makers.push_back({"two lengths that differ", Fate::Refused, [](Dice&, const auto& from) {
                      return changed(from, [](RawRequest& r) {
                        r.headers.emplace_back("Content-Length", std::to_string(r.body.size() - 1));
                        r.finish = true;
                      });
                    }});
  makers.push_back({"chunks and a length", Fate::Refused, [](Dice&, const auto& from) {
                      return changed(from, [](RawRequest& r) {
                        r.chunked = true;
                        r.length = std::to_string(r.body.size());
                        r.finish = true;
                      });
                    }});
  makers.push_back({"a body longer than any is taken", Fate::Refused,
                    [](Dice& dice, const MutationSources& from) -> Made {
                      if (dice.below(8) != 0) return std::nullopt;
                      return changed(from, [](RawRequest& r) {
                        r.length = std::to_string(64U << 20);
                        r.finish = true;
                      });
                    }});
  makers.push_back(
      {"the connection ends within the head", Fate::Refused, [](Dice&, const auto& from) {
         return changed(from, [](RawRequest& r) {
           r.version = "HTTP/1.1\r\nX-Unfinished";
           r.line_end = "\r";
           r.finish = true;
         });
       }});
}

// ---- authentic, in other words ------------------------------------------------------------------

void add_repeats(Makers& makers) {
  makers.push_back({"the same once more", Fate::Repeated, [](Dice&, const MutationSources& from) {
                      return Made(raw_request(from.original));
                    }});
  makers.push_back(
      {"header names in another case", Fate::Repeated, [](Dice& dice, const auto& from) {
         auto request = raw_request(from.original);
         const bool small = dice.below(2) == 0;
         for (auto& [name, value] : request.headers) {
           name = small ? lower(name) : upper(name);
         }
         return Made(std::move(request));
       }});
  makers.push_back(
      {"headers in another order, one more", Fate::Repeated, [](Dice& dice, const auto& from) {
         auto request = raw_request(from.original);
         std::ranges::reverse(request.headers);
         request.headers.emplace_back("X-" + text_of(dice, 6), text_of(dice, 20));
         return Made(std::move(request));
       }});
  makers.push_back(
      {"white space around header values", Fate::Repeated, [](Dice&, const MutationSources& from) {
         auto request = raw_request(from.original);
         for (auto& [name, value] : request.headers) value.insert(0, "  ").append(" \t");
         return Made(std::move(request));
       }});
  makers.push_back({"in chunks", Fate::Repeated, [](Dice&, const MutationSources& from) {
                      return changed(from, [](RawRequest& r) { r.chunked = true; });
                    }});
  makers.push_back({"of another media type", Fate::Repeated, [](Dice& dice, const auto& from) {
                      static const std::vector<std::string> types{
                          "text/plain", "application/xml", "application/json; charset=utf-16", ""};
                      auto request = raw_request(from.original);
                      put(request, "Content-Type", one_of(dice, types));
                      return Made(std::move(request));
                    }});
  makers.push_back({"in HTTP/1.0", Fate::Either, [](Dice&, const MutationSources& from) {
                      return changed(from, [](RawRequest& r) { r.version = "HTTP/1.0"; });
                    }});
  makers.push_back({"said to be compressed", Fate::Either, [](Dice&, const auto& from) {
                      return changed(from, [](RawRequest& r) {
                        r.headers.emplace_back("Content-Encoding", "gzip");
                      });
                    }});
  makers.push_back({"with bare line feeds", Fate::Either, [](Dice&, const MutationSources& from) {
                      return changed(from, [](RawRequest& r) {
                        r.line_end = "\n";
                        r.finish = true;
                      });
                    }});
  makers.push_back({"to the account's name in escapes", Fate::Either, [](Dice&, const auto& from) {
                      return changed(from, [&](RawRequest& r) {
                        r.target = "/hooks/%" + hex(from.original.account.substr(0, 1)) +
                                   from.original.account.substr(1);
                      });
                    }});
  makers.push_back({"to an absolute address", Fate::Either, [](Dice&, const MutationSources& from) {
                      return changed(
                          from, [](RawRequest& r) { r.target = "http://127.0.0.1" + r.target; });
                    }});
}

Made for_shop(const MutationSources& from, const std::function<void(RawRequest&)>& change) {
  if (from.original.sender != Sender::Shop) return std::nullopt;
  return changed(from, change);
}

/// An earlier delivery of the shop that this one's secret signed.
const SentDelivery* earlier_of_shop(Dice& dice, const MutationSources& from) {
  for (int tries = 0; tries < 20; ++tries) {
    const auto& one = one_of(dice, from.earlier);
    if (one.sender == Sender::Shop && one.secret == from.original.secret &&
        one.request.body != from.original.request.body) {
      return &one;
    }
  }
  return nullptr;
}

void add_shop_words(Makers& makers) {
  makers.push_back({"under another topic", Fate::Taken, [](Dice& dice, const auto& from) {
                      static const std::vector<std::string> topics{"orders/create",
                                                                   "orders/paid",
                                                                   "orders/updated",
                                                                   "orders/cancelled",
                                                                   "orders/edited",
                                                                   "orders/delete",
                                                                   "orders/risk_assessment_changed",
                                                                   "refunds/create",
                                                                   "fulfillments/create",
                                                                   "fulfillments/update",
                                                                   "fulfillment_orders/moved",
                                                                   "fulfillment_orders/cancelled",
                                                                   "fulfillment_orders/split",
                                                                   "fulfillment_holds/added",
                                                                   "fulfillment_holds/released",
                                                                   "app/uninstalled",
                                                                   "customers/redact",
                                                                   "customers/data_request",
                                                                   "shop/redact"};
                      return for_shop(from, [&](RawRequest& r) {
                        put(r, "X-Shopify-Topic", one_of(dice, topics));
                        put(r, "X-Shopify-Webhook-Id", text_of(dice, 32));
                      });
                    }});
  makers.push_back({"under a topic nobody knows", Fate::Taken, [](Dice& dice, const auto& from) {
                      return for_shop(from, [&](RawRequest& r) {
                        put(r, "X-Shopify-Topic", "orders/" + text_of(dice, 5));
                        put(r, "X-Shopify-Webhook-Id", text_of(dice, 32));
                      });
                    }});
  makers.push_back({"of a version nobody knows", Fate::Taken, [](Dice& dice, const auto& from) {
                      return for_shop(from, [&](RawRequest& r) {
                        put(r, "X-Shopify-API-Version", "2031-0" + std::to_string(dice.below(9)));
                        put(r, "X-Shopify-Webhook-Id", text_of(dice, 32));
                      });
                    }});
  makers.push_back({"under another delivery id", Fate::Taken, [](Dice& dice, const auto& from) {
                      return for_shop(from, [&](RawRequest& r) {
                        put(r, "X-Shopify-Webhook-Id", text_of(dice, 32));
                        if (dice.below(2) == 0) drop(r, "X-Shopify-Event-Id");
                      });
                    }});
  makers.push_back({"an old body under a new id", Fate::Taken,
                    [](Dice& dice, const MutationSources& from) -> Made {
                      const auto* old = earlier_of_shop(dice, from);
                      if (from.original.sender != Sender::Shop || !old) return std::nullopt;
                      auto request = raw_request(*old);
                      put(request, "X-Shopify-Webhook-Id", text_of(dice, 32));
                      return request;
                    }});
  makers.push_back({"an old body under this id", Fate::Taken,
                    [](Dice& dice, const MutationSources& from) -> Made {
                      const auto* old = earlier_of_shop(dice, from);
                      if (from.original.sender != Sender::Shop || !old) return std::nullopt;
                      auto request = raw_request(*old);
                      put(request, "X-Shopify-Webhook-Id",
                          value_of(raw_request(from.original), "X-Shopify-Webhook-Id"));
                      return request;
                    }});
  makers.push_back({"at another shop that has the same secret", Fate::Taken,
                    [](Dice&, const MutationSources& from) {
                      return for_shop(from, [&](RawRequest& r) {
                        r.target = "/hooks/" + from.other_account;
                        put(r, "X-Shopify-Shop-Domain", from.other_domain);
                      });
                    }});
}

void add_secrets(Makers& makers) {
  const auto retired = [](bool valid) {
    return [valid](Dice&, const MutationSources& from) -> Made {
      if (from.retired_secret.empty() || from.retired_is_valid != valid) return std::nullopt;
      if (from.original.secret == from.retired_secret) return std::nullopt;
      return for_shop(from,
                      [&](RawRequest& r) { sign_again(r, Sender::Shop, from.retired_secret); });
    };
  };
  makers.push_back(
      {"signed with the old secret, the rotation over", Fate::Refused, retired(false)});
  makers.push_back({"signed with the old secret, while rotating", Fate::Repeated, retired(true)});
}

std::string nonsense(Dice& dice, const std::string& body) {
  static const std::vector<std::string> fixed{
      "",
      "null",
      "[]",
      "{}",
      "{\"id\":",
      "true",
      "12",
      "\"text\"",
      "{\"id\":null}",
      "{\"id\":-5,\"line_items\":[]}",
      "{\"id\":1e3,\"line_items\":[]}",
      "{\"id\":0,\"line_items\":[]}",
      "{\"id\":\"7; drop\",\"line_items\":[]}",
      "{\"id\":18446744073709551617,\"line_items\":[]}",
      "{\"id\":9223372036854775807,\"line_items\":[]}",
      "{\"id\":820982911946154508,\"line_items\":[]}",
      "{\"id\":{},\"line_items\":{}}",
      "{\"event\":\"TRACKING_UPDATED\",\"data\":{\"number\":\"\"}}",
      "{\"event\":\"TRACKING_UPDATED\",\"data\":{\"number\":\"NOBODYS1\",\"track_info\":{}}}",
      "{\"event\":\"TRACKING_UPDATED\",\"data\":[]}",
      "{\"type\":\"purchase_order.updated\",\"data\":{}}",
      "{\"type\":\"purchase_order.updated\",\"data\":{\"po\":\"HF-NONE\",\"lines\":5}}",
      "{\"id\":\"\xC3\x28\"}",
      "{\"id\":\"\\ud800\"}",
      "\xEF\xBB\xBF{}"};
  switch (dice.below(6)) {
    case 0:
      return body.substr(0, 1 + dice.below(body.size() - 1));
    case 1:
      return to_utf16(body, dice.below(2) == 0);
    case 2: {
      const auto depth = 2 + dice.below(25);
      return std::string(depth, '[') + std::string(depth, ']');
    }
    default:
      return one_of(dice, fixed);
  }
}

void add_nonsense(Makers& makers) {
  const auto give_new_id = [](Dice& dice, RawRequest& r, Sender sender) {
    if (sender == Sender::Shop) put(r, "X-Shopify-Webhook-Id", text_of(dice, 32));
    if (sender == Sender::Supplier) put(r, "webhook-id", "msg_" + text_of(dice, 16));
  };
  makers.push_back({"nonsense, rightly signed", Fate::Taken, [=](Dice& dice, const auto& from) {
                      return changed(from, [&](RawRequest& r) {
                        r.body = nonsense(dice, r.body);
                        give_new_id(dice, r, from.original.sender);
                        sign_again(r, from.original.sender, from.original.secret);
                      });
                    }});
  makers.push_back({"nested without end, rightly signed", Fate::Either,
                    [=](Dice& dice, const MutationSources& from) {
                      return changed(from, [&](RawRequest& r) {
                        const auto depth = 40 + dice.below(50'000);
                        r.body = std::string(depth, '[') + std::string(depth, ']');
                        give_new_id(dice, r, from.original.sender);
                        sign_again(r, from.original.sender, from.original.secret);
                      });
                    }});
  makers.push_back({"the same content signed anew", Fate::Taken,
                    [=](Dice& dice, const MutationSources& from) -> Made {
                      if (from.original.sender == Sender::Shop) return std::nullopt;
                      return changed(from, [&](RawRequest& r) {
                        r.body += std::string(1 + dice.below(40), ' ');
                        give_new_id(dice, r, from.original.sender);
                        sign_again(r, from.original.sender, from.original.secret);
                      });
                    }});
}

const Makers& forged() {
  static const Makers all = [] {
    Makers makers;
    add_bodies(makers);
    add_signatures(makers);
    add_headers(makers);
    add_addresses(makers);
    add_framing(makers);
    return makers;
  }();
  return all;
}

const Makers& authentic() {
  static const Makers all = [] {
    Makers makers;
    add_repeats(makers);
    add_shop_words(makers);
    add_secrets(makers);
    add_nonsense(makers);
    return makers;
  }();
  return all;
}

/// Draws until one applies; the first of every list always does.
Mutation draw(Dice& dice, const Makers& makers, const MutationSources& sources) {
  for (int tries = 0; tries < 60; ++tries) {
    const auto& maker = one_of(dice, makers);
    if (auto made = maker.make(dice, sources)) return {maker.name, maker.fate, std::move(*made)};
  }
  return {makers.front().name, makers.front().fate, *makers.front().make(dice, sources)};
}

}  // namespace

std::size_t Dice::below(std::size_t bound) {
  // SplitMix64: small, equal everywhere; only the spread matters here.
  state_ += 0x9E3779B97F4A7C15U;
  auto z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return (z ^ (z >> 31U)) % bound;
}

RawRequest raw_request(const SentDelivery& delivery) {
  RawRequest request;
  request.method = delivery.request.method;
  request.target = "/hooks/" + delivery.account;
  request.headers = delivery.request.headers;
  request.body = delivery.request.body;
  return request;
}

std::string bytes_of(const RawRequest& request) {
  const auto& end = request.line_end;
  std::string out = request.method + " " + request.target + " " + request.version + end;
  out += "Host: 127.0.0.1" + end;
  for (const auto& [name, value] : request.headers) {
    out.append(name).append(": ").append(value).append(end);
  }
  if (!request.chunked || !request.length.empty()) {
    const auto length =
        request.length.empty() ? std::to_string(request.body.size()) : request.length;
    out += "Content-Length: " + length + end;
  }
  if (!request.chunked) return out + end + request.body;
  out += "Transfer-Encoding: chunked" + end + end;
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t at = 0; at < request.body.size(); at += 15) {
    const auto part = request.body.substr(at, 15);
    out += digits[part.size()] + std::string("\r\n") + part + "\r\n";
  }
  return out + "0\r\n\r\n";
}

void sign_again(RawRequest& request, Sender sender, const std::string& secret) {
  switch (sender) {
    case Sender::Shop:
      put(request, signature_name(sender), base64(hmac_sha256(secret, request.body)));
      return;
    case Sender::Supplier:
      put(request, signature_name(sender),
          "v1," + base64(hmac_sha256(secret, value_of(request, "webhook-id") + "." +
                                                 value_of(request, "webhook-timestamp") + "." +
                                                 request.body)));
      return;
    case Sender::Tracker:
      put(request, signature_name(sender), hex(sha256(request.body + "/" + secret)));
      return;
  }
}

Mutation mutate_before(Dice& dice, const MutationSources& sources) {
  const auto* old = earlier_of_shop(dice, sources);
  const auto coming = raw_request(sources.original);
  // An order's first delivery is the one that would be missed.
  const bool first = value_of(coming, "X-Shopify-Topic") == "orders/create";
  if (sources.original.sender == Sender::Shop && old && dice.below(first ? 3 : 20) == 0) {
    auto request = raw_request(*old);
    put(request, "X-Shopify-Webhook-Id", value_of(coming, "X-Shopify-Webhook-Id"));
    return {"an old body under an id to come", Fate::Taken, std::move(request)};
  }
  return draw(dice, forged(), sources);
}

Mutation mutate_after(Dice& dice, const MutationSources& sources) {
  return draw(dice, dice.below(5) < 2 ? forged() : authentic(), sources);
}

}  // namespace holdfast::kit
