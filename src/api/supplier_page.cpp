// /s/{token}: one purchase order for its supplier, without a login. GET opens it and changes
// nothing; every action is a form of its own.
#include "api/desk.h"
#include "api/html.h"
#include "api/photos.h"
#include "api/supplier_form.h"
#include "api/supplier_words.h"
#include "engine/links.h"
#include "engine/views/page_view.h"
#include "net/form_data.h"

namespace holdfast::api {
namespace {

using engine::SupplierLine;
using engine::SupplierPage;
using Say = SupplierSpeech;

struct Visit {
  std::string base;  // "/s/{token}"
  Say say;
};

std::string form_open(const Visit& visit, const char* action) {
  return "<form method=\"post\" action=\"" + escaped(visit.base) + "/" + action + "\">";
}

std::string input(const std::string& label, const std::string& name, const char* more) {
  return "<label>" + escaped(label) + "<br><input name=\"" + escaped(name) + "\" " + more +
         "></label>";
}

std::string button(const std::string& text) {
  return "<p><button type=\"submit\">" + escaped(text) + "</button></p>";
}

std::string option(const char* value, const std::string& text) {
  return std::string("<option value=\"") + value + "\">" + escaped(text) + "</option>";
}

std::string answered(const LineAnswer& answer, const Visit& visit) {
  std::string text = visit.say(said::current) + ": " + engine::spoken(name_of(answer.kind)) + ", " +
                     std::to_string(answer.quantity) + " " + visit.say(said::pieces);
  if (answer.ready_at) text += ", " + to_text(answer.ready_at).substr(0, 10);
  return "<p class=\"small\">" + escaped(text) + "</p>";
}

std::string line_head(const SupplierLine& line, const Visit& visit) {
  std::string text = "<legend>" + visit.say(said::line) + " " + std::to_string(line.line) + ": " +
                     std::to_string(line.quantity) + " " + visit.say(said::pieces) +
                     "</legend><p><strong>" + escaped(line.supplier_sku) + "</strong> " +
                     escaped(line.title) + " " + escaped(line.variant) + "<br>" +
                     escaped(to_text(line.cost)) + "</p>";
  if (!line.instructions.empty()) text += "<p>" + escaped(line.instructions) + "</p>";
  if (line.answer) text += answered(*line.answer, visit);
  return text;
}

std::string line_form(const SupplierLine& line, const Visit& visit) {
  const auto& say = visit.say;
  const auto prefix = "line_" + std::to_string(line.line) + "_";
  return "<fieldset>" + line_head(line, visit) + "<label><select name=\"" + prefix +
         "answer\" aria-label=\"" + escaped(say(said::answer)) + "\">" +
         option("", say(said::no_answer)) + option("accept", say(said::accept)) +
         option("change", say(said::change)) + option("reject", say(said::reject)) +
         "</select></label>" + input(say(said::ready), prefix + "ready", "type=\"date\"") +
         input(
             say(said::quantity), prefix + "quantity",
             ("type=\"number\" min=\"0\" max=\"" + std::to_string(line.quantity) + "\"").c_str()) +
         input(say(said::price), prefix + "price", "inputmode=\"decimal\" maxlength=\"20\"") +
         input(say(said::substitute), prefix + "substitute", "maxlength=\"100\"") +
         input(say(said::difference), prefix + "difference", "maxlength=\"500\"") + "</fieldset>";
}

std::string head(const SupplierPage& page, const Visit& visit) {
  const auto& say = visit.say;
  std::string text = "<h1>" + say(said::title) + " " + escaped(page.po) +
                     "</h1><p class=\"small\">" + say(said::only_this) + "</p><ul>";
  if (page.ship_by) {
    text += "<li>" + say(said::ship_by) + ": " + to_text(page.ship_by).substr(0, 10) + "</li>";
  }
  if (page.total.currency.known()) {
    text += "<li>" + say(said::total) + ": " + escaped(to_text(page.total)) + "</li>";
  }
  if (!page.instructions.empty()) {
    text += "<li>" + say(said::instructions) + ": " + escaped(page.instructions) + "</li>";
  }
  return text + "</ul>";
}

std::string cancel_form(const Visit& visit) {
  const auto& say = visit.say;
  return "<section class=\"box wait\"><h2>" + say(said::cancel) + "</h2>" +
         form_open(visit, "answer") + "<p><button name=\"cancel\" value=\"accept\">" +
         say(said::cancel_yes) + "</button> <button name=\"cancel\" value=\"reject\">" +
         say(said::cancel_no) + "</button></p></form></section>";
}

std::string answer_form(const SupplierPage& page, const Visit& visit) {
  std::string text =
      "<section><h2>" + visit.say(said::answer) + "</h2>" + form_open(visit, "answer");
  for (const auto& line : page.lines) text += line_form(line, visit);
  text += "<label>" + visit.say(said::reference) +
          "<br><input name=\"supplier_ref\" maxlength=\"100\" value=\"" +
          escaped(page.supplier_ref) + "\"></label>";
  return text + button(visit.say(said::send)) + "</form></section>";
}

std::string check_form(const Visit& visit) {
  const auto& say = visit.say;
  return "<section><h2>" + say(said::check) + "</h2><form method=\"post\" action=\"" +
         escaped(visit.base) + "/check\" enctype=\"multipart/form-data\">" +
         "<label><select name=\"check\" aria-label=\"" + escaped(say(said::check)) + "\">" +
         option("inspection", say(said::inspection)) + option("packing", say(said::packing)) +
         "</select></label><label>" + say(said::statement) +
         "<br><textarea name=\"statement\" rows=\"3\" maxlength=\"2000\"></textarea>"
         "</label>" +
         input(say(said::photo), "photo",
               "type=\"file\" accept=\"image/jpeg,image/png,image/webp\"") +
         button(say(said::send_check)) + "</form></section>";
}

std::string parcel_form(const SupplierPage& page, const Visit& visit) {
  const auto& say = visit.say;
  std::string text = "<section><h2>" + say(said::parcel) + "</h2>";
  if (!page.parcels.empty()) text += "<p>" + say(said::parcels) + ":</p><ul>";
  for (const auto& [carrier, tracking] : page.parcels) {
    text += "<li>" + escaped(carrier) + " " + escaped(tracking) + "</li>";
  }
  if (!page.parcels.empty()) text += "</ul>";
  text += form_open(visit, "parcel") +
          input(say(said::carrier), "carrier", "maxlength=\"100\" required") +
          input(say(said::tracking), "tracking", "maxlength=\"100\" required");
  for (const auto& line : page.lines) {
    const auto most = "type=\"number\" min=\"0\" max=\"" + std::to_string(line.quantity) + "\"";
    text += input(line.supplier_sku + " " + line.title + ": " + say(said::in_parcel),
                  "line_" + std::to_string(line.line) + "_quantity", most.c_str());
  }
  return text + button(say(said::send_parcel)) + "</form></section>";
}

void show(const CallPtr& call, const SupplierPage& page, const Visit& visit) {
  const auto& say = visit.say;
  std::string body;
  if (!call->parameter("done").empty()) {
    body += "<div class=\"box good\" role=\"status\"><p>" + say(said::done) + "</p></div>";
  }
  body += head(page, visit);
  if (page.over) {
    body += "<div class=\"box bad\"><p>" + say(said::over) + "</p></div>";
  } else {
    body += form_open(visit, "read") + button(say(said::read)) + "</form>";
    if (page.cancelling) body += cancel_form(visit);
    body += answer_form(page, visit);
    if (!page.hub) body += check_form(visit);
    body += parcel_form(page, visit);
  }
  call->answer(html_page(200, say.language(), say(said::title) + " " + page.po, body));
}

void show_expired(const CallPtr& call, const Visit& visit) {
  const auto& say = visit.say;
  call->answer(html_page(410, say.language(), say(said::expired),
                         "<h1>" + say(said::expired) + "</h1><p>" + say(said::expired_more) +
                             "</p>" + form_open(visit, "renew") + button(say(said::renew)) +
                             "</form>"));
}

void show_wrong(const CallPtr& call, const Visit& visit, const Error& error) {
  const auto& say = visit.say;
  const int status = error.code == ErrorCode::Unavailable ? 503 : 422;
  const auto what = error.code == ErrorCode::Internal ? std::string() : error.what;
  call->answer(html_page(status, say.language(), say(said::wrong),
                         "<h1>" + say(said::wrong) + "</h1><p>" + escaped(what) +
                             "</p><p><a href=\"" + escaped(visit.base) + "\">" + say(said::back) +
                             "</a></p>"));
}

void show_nowhere(const CallPtr& call) {
  const Say say{call->header("Accept-Language").starts_with("zh")};
  call->answer(
      html_page(404, say.language(), say(said::nowhere), "<h1>" + say(said::nowhere) + "</h1>"));
}

/// Somebody with authority sends the new link; this only opens the case that asks for it.
void renew(Desk& desk, const CallPtr& call, const engine::Link& link, const SupplierPage& page,
           const Visit& visit) {
  RaiseException wish{ReasonCode::SupplierSilent, page.po,
                      "The link to the purchase order's page has expired and " + page.supplier +
                          " asks for a new one: remind the supplier to send it.",
                      "supplier:" + page.supplier};
  desk.engine.submit(link.stream, CasesCommand(std::move(wish)), "supplier:" + page.supplier,
                     [call, visit](Result<engine::Stepped> stepped) {
                       if (!stepped) return show_wrong(call, visit, stepped.error());
                       call->answer(html_page(200, visit.say.language(), visit.say(said::renew),
                                              "<h1>" + visit.say(said::renewed) + "</h1>"));
                     });
}

struct Sent {
  net::Pairs fields;
  std::string_view photo;  // inside the request's body; empty without one
};

/// A form with or without files. Only we say under which name a photo is kept.
Result<Sent> read_form(const CallPtr& call) {
  Sent sent;
  const auto type = call->header("Content-Type");
  if (type.starts_with("multipart/")) {
    auto parts = net::parse_form_data(type, call->request.body);
    if (!parts) return fail(parts.error());
    for (const auto& part : *parts) {
      if (part.name == "photo" && part.is_file) sent.photo = part.bytes;
      if (!part.is_file) sent.fields.emplace_back(part.name, std::string(part.bytes));
    }
  } else {
    auto form = net::parse_form(call->request.body, 1000);
    if (!form) return fail(form.error());
    sent.fields = std::move(*form);
  }
  std::erase_if(sent.fields, [](const auto& field) { return field.first == "photo"; });
  return sent;
}

void act(Desk& desk, const CallPtr& call, const engine::Link& link, const SupplierPage& page,
         const Visit& visit) {
  auto sent = read_form(call);
  if (!sent) return show_wrong(call, visit, sent.error());
  const bool pictured = !sent->photo.empty();
  if (pictured) sent->fields.emplace_back("photo", hex(sha256(sent->photo)));
  const auto action = call->segment(2);
  auto command = supplier_command(page, action, sent->fields, desk.now());
  if (!command && command.error().code == ErrorCode::NotFound) return show_nowhere(call);
  if (!command) return show_wrong(call, visit, command.error());
  const auto submit = [&desk, call, visit, action, stream = link.stream,
                       actor = "supplier:" + page.supplier](Command wish) {
    desk.engine.submit(stream, std::move(wish), actor,
                       [call, visit, action](Result<engine::Stepped> stepped) {
                         if (!stepped) return show_wrong(call, visit, stepped.error());
                         call->answer(see_other(visit.base + "?done=" + action));
                       });
  };
  if (!pictured) return submit(std::move(*command));
  // The picture is durable before anything points at it.
  take_photo(desk, link.stream, sent->photo,
             [call, visit, submit, wish = std::move(*command)](const Status& kept) {
               if (!kept) return show_wrong(call, visit, kept.error());
               submit(wish);
             });
}

}  // namespace

void run_supplier_page(Desk& desk, const CallPtr& call) {
  {
    const std::lock_guard lock(desk.visitors_mutex);
    if (!desk.visitors.take(call->request.remote_address, desk.real_now()).allowed) {
      return call->refuse(Trouble{429, "too_many_attempts", "Too many requests.", {}, {}});
    }
  }
  const auto& token = call->segment(1);
  auto link = engine::find_link(desk.store(), desk.tenant(), token);
  if (!link || link->kind != "po") return show_nowhere(call);
  auto history = engine::read_history(desk.store(), desk.engine.vault(), link->stream);
  if (!history) return show_nowhere(call);
  auto page = engine::supplier_page_of(desk.setup(), *history, link->subject);
  if (!page) return show_nowhere(call);
  const auto& method = call->request.method;
  const bool opens = method == "GET" && call->segments.size() == 2;
  const bool acts = method == "POST" && call->segments.size() == 3;
  if (!opens && !acts) return show_nowhere(call);
  const auto wanted = call->parameter("lang");
  const Visit visit{"/s/" + net::percent_encode(token),
                    Say{(wanted.empty() ? page->locale : wanted).starts_with("zh")}};
  const bool expired = link->expires_at < desk.now();
  if (acts && expired && call->segment(2) == "renew") {
    return renew(desk, call, *link, *page, visit);
  }
  if (expired) return show_expired(call, visit);
  if (opens) return show(call, *page, visit);
  act(desk, call, *link, *page, visit);
}

}  // namespace holdfast::api
