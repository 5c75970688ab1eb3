// What browsers, suppliers and people send to the server, and addresses from settings.
#include "api/photos.h"
#include "api/supplier_form.h"
#include "model/command.h"
#include "net/address.h"
#include "net/cookies.h"
#include "net/form_data.h"
#include "net/mail_fields.h"
#include "net/url.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

void url(std::string_view bytes) {
  (void)net::parse_url(bytes);
  if (const auto pairs = net::parse_form(bytes)) {
    expect(net::parse_form(net::form_text(*pairs)) == pairs, "a form reads back as written");
  }
  if (const auto plain = net::percent_decode(bytes)) {
    expect(net::percent_decode(net::percent_encode(*plain)) == plain, "escapes read back");
  }
  if (const auto segments = net::path_segments(bytes)) {
    expect(net::path_segments(net::path_of(*segments)) == segments, "a path reads back");
  }
  (void)net::parse_cookies(bytes);
}

void address(std::string_view bytes) {
  if (const auto ip = net::parse_ip(bytes)) {
    expect(net::parse_ip(net::to_text(*ip)) == ip, "an address reads back as written");
    (void)net::is_public(*ip);
  }
  (void)net::AddressGuard::make({std::string(bytes)});
}

void mailbox(std::string_view bytes) {
  const auto box = net::parse_mailbox(bytes);
  if (box) {
    const auto text = net::mailbox_text(*box);
    expect(text.find_first_of("\r\n") == std::string::npos || text.find("\r\n ") != text.npos,
           "a mailbox starts no field of its own");
  }
  ports::MailRequest mail;
  mail.from = "shop@example.test";
  mail.to = "buyer@example.test";
  mail.message_id = "<1@example.test>";
  mail.subject = std::string(bytes);
  const auto lines = net::mail_fields(mail, Instant{0});
  if (!lines) return;
  for (const auto& line : *lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool ends = line[i] == '\n' || line[i] == '\r';
      const bool folds = line[i] == '\r' ? i + 2 < line.size() && line[i + 1] == '\n'
                                         : i + 1 < line.size() && line[i + 1] == ' ';
      expect(!ends || folds, "a subject starts no field of its own");
    }
  }
}

/// First line: the Content-Type; the rest: the body.
void form_data(std::string_view bytes) {
  const auto line = bytes.find('\n');
  if (line == std::string_view::npos) return;
  const auto body = bytes.substr(line + 1);
  const auto parts = net::parse_form_data(bytes.substr(0, line), body);
  if (!parts) return;
  for (const auto& part : *parts) {
    const bool inside =
        part.bytes.empty() || (part.bytes.data() >= body.data() &&
                               part.bytes.data() + part.bytes.size() <= body.data() + body.size());
    expect(inside, "a part lies inside the body");
    (void)api::image_type(part.bytes);
  }
}

/// First line: the action; the rest: the fields as a form.
void supplier_form(std::string_view bytes) {
  static const auto page = [] {
    engine::SupplierPage made;
    made.po = "HF-000001";
    made.supplier = "paper";
    made.total = *parse_money("EUR 20.00");
    made.lines.resize(2);
    made.lines[0].line = 1;
    made.lines[1].line = 2;
    return made;
  }();
  const auto line = bytes.find('\n');
  if (line == std::string_view::npos) return;
  const auto form = net::parse_form(bytes.substr(line + 1));
  if (!form) return;
  const auto command = api::supplier_command(page, bytes.substr(0, line), *form, Instant{0});
  if (!command) return;
  const auto json = parse_json(encode_command(*command));
  expect(json && decode_command(*json), "a supplier's command reads back");
}

void command(std::string_view bytes) {
  const auto json = parse_json(bytes);
  if (!json) return;
  const auto read = decode_command(*json);
  if (!read) return;
  const auto text = encode_command(*read);
  const auto again = parse_json(text);
  expect(again && decode_command(*again), "a command reads back");
}

constexpr Target group[] = {
    {"url", "URLs, forms, paths, cookies", url,
     [] {
       return std::vector<std::string>{"https://[::1]:8080/a%2Fb?x=1&y=%20", "a=1&b=%C3%A9+c",
                                       "/s/token/answer", "a=1; b=2"};
     }},
    {"address", "IP addresses and ranges", address,
     [] { return std::vector<std::string>{"192.0.2.1", "2001:db8::1", "10.0.0.0/8", "[::1]:25"}; }},
    {"mailbox", "mailboxes and subjects of letters", mailbox,
     [] {
       return std::vector<std::string>{"The Shop <shop@example.test>", "Your order \xc3\xa9",
                                       "a@b.test\r\nBcc: c@d.test"};
     }},
    {"form_data", "forms with files", form_data,
     [] {
       return std::vector<std::string>{
           "multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; "
           "name=\"photo\"; filename=\"a.png\"\r\n\r\n\x89PNG\r\n\x1a\n\r\n--x--\r\n"};
     }},
    {"supplier_form", "what a supplier types on its page", supplier_form,
     [] {
       return std::vector<std::string>{"answer\naccept_1=2&cost_1=3.50&ship_by=2026-12-01",
                                       "parcel\ncarrier=DHL&tracking=ABC123&quantity_1=1",
                                       "check\nresult_1=pass", "read\n",
                                       "parcel\ncarrier=DHL&tracking=\xa0\xff&quantity_1=1"};
     }},
    {"command", "what people and programs ask for by the API", command,
     [] {
       std::vector<std::string> texts;
       const auto encode = [](auto group) { return encode_command(Command(std::move(group))); };
       add_kinds<ChannelCommand>(texts, encode);
       add_kinds<SupplierCommand>(texts, encode);
       add_kinds<PeopleCommand>(texts, encode);
       add_kinds<CasesCommand>(texts, encode);
       add_kinds<EngineCommand>(texts, encode);
       return texts;
     }},
};

}  // namespace

std::span<const Target> web_targets() { return group; }

}  // namespace holdfast::fuzz
