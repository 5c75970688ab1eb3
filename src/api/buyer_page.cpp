// /t/{token}: what the buyer may know: does it move, is it on time, what happens when it is late.
#include "api/desk.h"
#include "api/html.h"
#include "engine/links.h"
#include "engine/views/page_view.h"

namespace holdfast::api {
namespace {

using engine::BuyerPage;
using engine::BuyerParcel;

/// A sentence in both languages.
struct Said {
  const char* en;
  const char* de;
};

struct Speech {
  bool german = false;
  std::string operator()(Said said) const { return german ? said.de : said.en; }
};

std::string day(Instant at) { return to_text(at).substr(0, 10); }

std::string hour(Instant at) {
  const auto text = to_text(at);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

Said status_said(TrackingStatus status) {
  switch (status) {
    case TrackingStatus::Unknown:
      return {"News from the carrier", "Nachricht vom Zusteller"};
    case TrackingStatus::InvalidNumber:
      return {"Number not known yet", "Nummer noch unbekannt"};
    case TrackingStatus::LabelCreated:
      return {"Label made", "Versandetikett erstellt"};
    case TrackingStatus::CarrierAccepted:
      return {"Handed to the carrier", "An den Zusteller übergeben"};
    case TrackingStatus::InTransit:
      return {"On its way", "Unterwegs"};
    case TrackingStatus::Customs:
      return {"At customs", "Beim Zoll"};
    case TrackingStatus::CustomsCleared:
      return {"Cleared by customs", "Vom Zoll freigegeben"};
    case TrackingStatus::LocalHandoff:
      return {"Handed to the local carrier", "An den örtlichen Zusteller übergeben"};
    case TrackingStatus::OutForDelivery:
      return {"Out for delivery", "In Zustellung"};
    case TrackingStatus::AvailableForPickup:
      return {"Ready for pick-up", "Zur Abholung bereit"};
    case TrackingStatus::AttemptFailed:
      return {"Delivery was tried", "Zustellung wurde versucht"};
    case TrackingStatus::Delivered:
      return {"Delivered", "Zugestellt"};
    case TrackingStatus::Returning:
      return {"On its way back", "Auf dem Rückweg"};
    case TrackingStatus::Returned:
      return {"Returned to the sender", "Zurück beim Absender"};
    case TrackingStatus::Lost:
      return {"Lost", "Verloren"};
    case TrackingStatus::Destroyed:
      return {"Destroyed", "Vernichtet"};
    case TrackingStatus::Cancelled:
      return {"Cancelled", "Storniert"};
    case TrackingStatus::Stale:
      return {"No news for a while", "Länger keine Nachricht"};
  }
  return {"News from the carrier", "Nachricht vom Zusteller"};
}

bool all_delivered(const BuyerPage& page) {
  if (page.parcels.empty() || page.waiting > 0) return false;
  for (const auto& parcel : page.parcels) {
    if (!parcel.delivered) return false;
  }
  return true;
}

std::string box(const char* kind, const std::string& text) {
  return std::string("<div class=\"box ") + kind + "\"><p>" + text + "</p></div>";
}

/// Does it move?
std::string movement(const BuyerPage& page, Speech say) {
  if (page.cancelled)
    return box("wait", say({"This order is cancelled.", "Diese Bestellung ist storniert."}));
  if (all_delivered(page)) {
    return box("good", say({"Everything has been delivered.", "Alles ist zugestellt."}));
  }
  std::size_t moving = 0;
  for (const auto& parcel : page.parcels) moving += parcel.accepted ? 1 : 0;
  if (moving > 0) {
    return box("good", say({"Your order is moving: the carrier has scanned it.",
                            "Ihre Bestellung bewegt sich: der Zusteller hat sie erfasst."}));
  }
  if (!page.parcels.empty()) {
    return box("wait", say({"A parcel is announced. It counts as shipped once the carrier has "
                            "scanned it; that has not happened yet.",
                            "Ein Paket ist angekündigt. Als verschickt gilt es, sobald der "
                            "Zusteller es erfasst hat; das ist noch nicht geschehen."}));
  }
  return box("wait", say({"Your order is being prepared. No parcel has left yet.",
                          "Ihre Bestellung wird vorbereitet. Noch ist kein Paket unterwegs."}));
}

/// Is it on time?
std::string punctuality(const BuyerPage& page, Speech say) {
  if (page.cancelled || all_delivered(page)) return {};
  std::string text = "<h2>" + say({"Is it on time?", "Ist sie pünktlich?"}) + "</h2>";
  if (page.late) {
    text += box("bad", say({"It is later than promised. We know, and somebody is on it.",
                            "Sie ist später als zugesagt. Wir wissen es, und jemand kümmert "
                            "sich darum."}));
  } else if (page.ship_by || page.deliver_by) {
    text +=
        box("good", say({"Yes, as far as we can see today.", "Ja, soweit heute zu sehen ist."}));
  } else {
    text += "<p>" + say({"No date was promised.", "Es wurde kein Termin zugesagt."}) + "</p>";
  }
  text += "<ul>";
  if (page.ship_by) {
    text += "<li>" + say({"Leaves by", "Verlässt uns bis"}) + " " + day(page.ship_by) + "</li>";
  }
  if (page.deliver_by) {
    text += "<li>" + say({"Arrives by", "Kommt an bis"}) + " " + day(page.deliver_by) + "</li>";
  }
  return text + "</ul>";
}

/// What happens when it is late, by the promise rule of the store.
std::string lateness(const BuyerPage& page, Speech say) {
  if (page.cancelled || all_delivered(page)) return {};
  std::string text =
      "<h2>" + say({"What if it is late?", "Und wenn sie zu spät ist?"}) + "</h2><p>";
  if (page.promise_rule == "us_mail_order") {
    text +=
        say({"If it cannot leave by its date, you are told beforehand and may wait or cancel "
             "with a full refund. Silence never counts as consent to a long delay.",
             "Kann sie nicht rechtzeitig abgehen, erfahren Sie es vorher und können warten "
             "oder mit voller Erstattung stornieren. Schweigen gilt nicht als Zustimmung zu "
             "einer langen Verzögerung."});
  } else if (page.promise_rule == "eu_distance") {
    text +=
        say({"Without another agreement it must arrive within 30 days. If it does not, you may "
             "set a last date and then withdraw; your money comes back.",
             "Ohne andere Abrede muss sie innerhalb von 30 Tagen ankommen. Sonst können Sie "
             "eine letzte Frist setzen und danach zurücktreten; Ihr Geld kommt zurück."});
  } else {
    text +=
        say({"You are told as soon as a date cannot be kept, with what you can choose.",
             "Sie erfahren, sobald ein Termin nicht zu halten ist, und was Sie wählen können."});
  }
  text += "</p>";
  if (!page.question.empty()) {
    text +=
        box("wait", say({"We cannot ship by the promised date and asked you by e-mail: will you "
                         "wait, have something changed, or cancel and get your money back? "
                         "Tell the store, for example by answering that e-mail, by",
                         "Wir können nicht bis zum zugesagten Tag liefern und haben Sie per "
                         "E-Mail gefragt: Möchten Sie warten, etwas ändern oder stornieren und "
                         "Ihr Geld zurückbekommen? Sagen Sie es dem Laden, etwa als Antwort "
                         "auf diese E-Mail, bis"}) +
                        " " + day(page.question_due) + ".");
  }
  return text;
}

/// What was chosen, by the buyer or by silence; shown also when the order is cancelled.
std::string choice_said(const BuyerPage& page, Speech say) {
  if (page.answer.empty()) return {};
  if (page.answered_by_default) {
    return box("wait", say({"We heard no choice from you, so we cancel and refund what has not "
                            "left yet.",
                            "Wir haben keine Entscheidung von Ihnen erhalten und stornieren und "
                            "erstatten darum, was noch nicht unterwegs ist."}));
  }
  if (page.answer == "wait") {
    return box("good", say({"You chose to wait. Thank you; we ship as soon as we can.",
                            "Sie haben sich entschieden zu warten. Danke; wir verschicken so "
                            "bald wie möglich."}));
  }
  if (page.answer == "change") {
    return box("wait", say({"You asked for a change. Somebody is in touch with you about it.",
                            "Sie wünschen eine Änderung. Jemand klärt sie mit Ihnen."}));
  }
  return box("wait", say({"You chose to cancel. What has not left is cancelled, and your money "
                          "for it comes back.",
                          "Sie haben sich für die Stornierung entschieden. Was noch nicht "
                          "unterwegs ist, wird storniert und erstattet."}));
}

std::string items_of(const BuyerParcel& parcel) {
  std::string text = "<ul>";
  for (const auto& [title, pieces] : parcel.items) {
    text += "<li>" + std::to_string(pieces) + " × " + escaped(clipped(title, 200)) + "</li>";
  }
  return text + "</ul>";
}

std::string parcel_text(const BuyerParcel& parcel, Speech say) {
  std::string text = "<section class=\"box\"><h2>" + say({"Parcel", "Paket"}) + " " +
                     std::to_string(parcel.parcel) + ": " + say(status_said(parcel.status)) +
                     "</h2><p>" + escaped(clipped(parcel.carrier, 100)) + " " +
                     escaped(clipped(parcel.tracking, 100)) + "</p>" + items_of(parcel);
  if (parcel.trouble) {
    text += "<p>" +
            say({"Something about this parcel is being looked into.",
                 "Bei diesem Paket wird gerade etwas geklärt."}) +
            "</p>";
  }
  if (!parcel.scans.empty()) text += "<table>";
  for (const auto& scan : parcel.scans) {
    const auto place = scan.place.empty() ? scan.country : scan.place;
    text += "<tr><td>" + hour(scan.at) + "</td><td>" + say(status_said(scan.status)) + "</td><td>" +
            escaped(clipped(place, 80)) + "</td></tr>";
  }
  if (!parcel.scans.empty()) text += "</table>";
  return text + "</section>";
}

std::string parts_text(const BuyerPage& page, Speech say) {
  std::string text;
  if (page.parcels.size() > 1 || (page.waiting > 0 && !page.parcels.empty())) {
    text += "<p>" +
            say({"Your order comes in several parcels, because its goods start from "
                 "different places. Each one travels on its own and may arrive on another "
                 "day; you pay no more for it.",
                 "Ihre Bestellung kommt in mehreren Paketen, weil die Waren an "
                 "verschiedenen Orten starten. Jedes reist für sich und kann an einem "
                 "anderen Tag ankommen; es kostet Sie nicht mehr."}) +
            "</p>";
  }
  // The page stays under 40 kB whatever the order holds.
  std::size_t shown = 0;
  for (const auto& parcel : page.parcels) {
    const auto part = parcel_text(parcel, say);
    if (text.size() + part.size() > 28'000) break;
    text += part;
    ++shown;
  }
  if (shown < page.parcels.size()) {
    text += "<p>" + std::to_string(page.parcels.size() - shown) +
            say({" more parcels.", " weitere Pakete."}) + "</p>";
  }
  if (page.waiting > 0 && !page.cancelled) {
    text += "<p>" + std::to_string(page.waiting) +
            say({" piece(s) are still being prepared.", " Stück werden noch vorbereitet."}) +
            "</p>";
  }
  if (page.reduced > 0) {
    text +=
        "<p>" + std::to_string(page.reduced) +
        say({" piece(s) were cancelled or refunded.", " Stück wurden storniert oder erstattet."}) +
        "</p>";
  }
  return text;
}

/// The browser's first language decides; the order's own language otherwise.
bool is_german(const Call& call, const std::string& locale) {
  const auto wanted = call.parameter("lang");
  if (!wanted.empty()) return wanted == "de";
  return locale.starts_with("de");
}

void nothing_here(const CallPtr& call) {
  const bool german = call->header("Accept-Language").starts_with("de");
  const Speech say{german};
  call->answer(html_page(
      404, german ? "de" : "en", say({"This link leads nowhere", "Dieser Link führt nirgendwohin"}),
      "<h1>" + say({"This link leads nowhere.", "Dieser Link führt nirgendwohin."}) + "</h1><p>" +
          say({"It may be mistyped or too old. Please ask the store.",
               "Er ist vielleicht vertippt oder zu alt. Bitte fragen Sie den "
               "Laden."}) +
          "</p>"));
}

}  // namespace

void run_buyer_page(Desk& desk, const CallPtr& call) {
  if (call->request.method != "GET" || call->segments.size() != 2) return nothing_here(call);
  {
    const std::lock_guard lock(desk.visitors_mutex);
    if (!desk.visitors.take(call->request.remote_address, desk.real_now()).allowed) {
      return call->refuse(Trouble{429, "too_many_attempts", "Too many requests.", {}, {}});
    }
  }
  auto link = engine::find_link(desk.store(), desk.tenant(), call->segment(1));
  if (!link || link->kind != "order" || link->expires_at < desk.now()) return nothing_here(call);
  auto history = engine::read_history(desk.store(), desk.engine.vault(), link->stream);
  if (!history) return nothing_here(call);
  const auto page = engine::buyer_page(desk.setup(), *history, desk.now());
  const Speech say{is_german(*call, page.locale)};
  const auto title = say({"Order ", "Bestellung "}) + page.store_number;
  call->answer(html_page(200, say.german ? "de" : "en", title,
                         "<h1>" + escaped(clipped(title, 200)) + "</h1>" + movement(page, say) +
                             choice_said(page, say) + punctuality(page, say) + lateness(page, say) +
                             parts_text(page, say)));
}

}  // namespace holdfast::api
