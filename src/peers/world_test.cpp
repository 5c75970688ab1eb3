#include "peers/world.h"

#include <gtest/gtest.h>

#include "base/hash.h"

namespace holdfast::peers {
namespace {

constexpr Instant start{1'793'000'000'000};

WorldOptions options(std::uint64_t seed) {
  WorldOptions options;
  options.seed = seed;
  options.start = start;
  options.shop.access_token = "t";
  options.shop.client_secret = "s";
  options.shop.webhook_target = "http://127.0.0.1:9/hooks/shop";
  options.tracking = {"key", "http://127.0.0.1:9/hooks/tracker"};
  for (const char* name : {"north", "quick", "slow", "shaky"}) {
    options.rest_suppliers[name] = {"Bearer k", std::string("http://127.0.0.1:9/hooks/") + name,
                                    "whsec_" + base64("secret")};
  }
  return options;
}

/// Takes what the world sends, answers 200 and counts by the address's last word.
std::map<std::string, int> run_until(World& world, Instant end,
                                     const std::function<std::string(const Outgoing&)>& page = {}) {
  std::map<std::string, int> counts;
  while (world.now() < end) {
    const auto due = world.next_due();
    world.advance_to(due && due < end ? due : end);
    for (auto post = world.take_post(); !post.empty(); post = world.take_post()) {
      for (const auto& one : post) {
        ++counts[one.request.url.substr(one.request.url.rfind('/') + 1)];
        world.answered(one.number, ports::HttpResponse{200, {}, page ? page(one) : std::string()});
      }
    }
  }
  return counts;
}

ports::Inbound inbound(std::string method, std::string path, std::string body,
                       ports::Headers headers = {{"Authorization", "Bearer k"}}) {
  return {std::move(method), std::move(path), "", std::move(headers), std::move(body), {}};
}

/// A purchase order for all lines of an order, as the program would write it.
std::string purchase(const World& world, const ShopOrder& order, const std::string& supplier) {
  (void)world;
  Json lines = Json::Array{};
  std::int64_t number = 0;
  for (const auto& line : order.lines) {
    Json entry;
    entry.set("line", ++number);
    entry.set("supplier_sku", supplier_sku(*manner_of(supplier), line.sku));
    entry.set("quantity", line.current);
    lines.push(std::move(entry));
  }
  Json to;
  to.set("country", order.ship_to.country);
  to.set("postcode", order.ship_to.postcode);
  Json body;
  body.set("po", "PO" + order.name.substr(1));
  body.set("store_number", order.name);
  body.set("ship_to", std::move(to));
  body.set("lines", std::move(lines));
  return to_text(body);
}

FaceAnswer place(World& world, const std::string& order, const std::string& supplier) {
  return world.rest_supplier_face(inbound("POST", "/" + supplier + "/orders",
                                          purchase(world, *world.shop().named(order), supplier)));
}

const SupplyOrder& booked(World& world, const std::string& order, const std::string& supplier) {
  return *world.suppliers().find(supplier, "PO" + order.substr(1));
}

FaceAnswer track(World& world, const char* path, const std::string& number) {
  Json item;
  item.set("number", number);
  return world.tracking_face(
      inbound("POST", path, to_text(Json(Json::Array{item})), {{"17token", "key"}}));
}

TEST(WorldTest, equal_seeds_give_equal_books) {
  World one(options(7));
  World two(options(7));
  World other(options(8));
  for (auto* world : {&one, &two, &other}) {
    ASSERT_TRUE(world->plan({{"#1002", "unpaid_then_paid"}, {"#1003", "high_risk"}}));
    world->place_orders(20, minutes(3));
    run_until(*world, start + days(1));
  }
  EXPECT_EQ(to_text(one.books()), to_text(two.books()));
  EXPECT_NE(to_text(one.books()), to_text(other.books()));
}

TEST(WorldTest, a_list_of_faults_is_read_strictly) {
  World world(options(1));
  const auto unknown = world.plan({{"#1001", "supplier_silnt"}});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().todo.find("supplier_silent"), std::string::npos);
  EXPECT_FALSE(world.plan({{"#1001", "lost"}, {"#1001", "none"}}));
  EXPECT_TRUE(world.plan({{"#1001", "lost"}}));
  world.place_order();
  EXPECT_FALSE(world.plan({{"#1001", "lost"}}));
  for (const auto fault : all_faults()) EXPECT_EQ(*fault_named(name_of(fault)), fault);
}

TEST(WorldTest, an_order_without_fault_is_delivered_and_told) {
  World world(options(3));
  const auto name = world.place_order();
  run_until(world, start + minutes(5));
  EXPECT_EQ(place(world, name, "north").response.status, 201);
  auto counts = run_until(world, start + days(2));
  EXPECT_EQ(counts["north"], 4);  // read, answered, checked, shipped
  const auto& order = booked(world, name, "north");
  ASSERT_EQ(order.status, "shipped");
  const auto& number = order.parcels.front().number;
  EXPECT_EQ(track(world, "/track/v2.4/register", number).response.status, 200);
  counts = run_until(world, start + days(12));
  EXPECT_GE(counts["tracker"], 4);
  EXPECT_EQ(world.carriers().find(number)->scans.back().code, "Delivered_Other");
  const auto quota = track(world, "/track/v2.4/getquota", number).response.body;
  EXPECT_NE(quota.find("\"quota_remain\":999"), std::string::npos) << quota;
  const auto told = track(world, "/track/v2.4/gettrackinfo", number).response.body;
  EXPECT_NE(told.find("Delivered_Other"), std::string::npos);
  EXPECT_EQ(world.mailboxes().count("buyer1@example.test", "order_confirmed"), 1U);
}

TEST(WorldTest, suppliers_answer_by_the_fault_once) {
  World world(options(4));
  ASSERT_TRUE(world.plan({{"#1001", "supplier_rejects_line"},
                          {"#1002", "supplier_raises_price"},
                          {"#1003", "supplier_accepts_partly"},
                          {"#1004", "supplier_silent"},
                          {"#1005", "supplier_cancels_silently"}}));
  world.place_orders(5, minutes(1));
  run_until(world, start + minutes(10));
  for (const auto& order : world.shop().orders()) place(world, order.name, "north");
  run_until(world, start + days(1));
  const auto first = [&](const std::string& name) {
    return booked(world, name, "north").lines.front().answer.kind;
  };
  EXPECT_EQ(first("#1001"), AckKind::Rejected);
  EXPECT_EQ(first("#1002"), AckKind::PriceChanged);
  EXPECT_EQ(first("#1003"), AckKind::QuantityChanged);
  EXPECT_EQ(booked(world, "#1004", "north").status, "received");
  EXPECT_EQ(booked(world, "#1005", "north").status, "cancelled");
  place(world, "#1001", "quick");
  run_until(world, start + days(2));
  EXPECT_EQ(booked(world, "#1001", "quick").lines.front().answer.kind, AckKind::Accepted);
}

TEST(WorldTest, an_answer_lost_after_the_effect_leaves_one_purchase_order) {
  World world(options(5));
  ASSERT_TRUE(world.plan({{"#1001", "supplier_5xx_after_effect"}, {"#1002", "supplier_timeout"}}));
  world.place_orders(2, minutes(1));
  run_until(world, start + minutes(5));
  EXPECT_EQ(place(world, "#1001", "north").response.status, 502);
  EXPECT_TRUE(place(world, "#1002", "north").never);
  const auto found = world.rest_supplier_face(inbound("GET", "/north/orders/PO1001", ""));
  EXPECT_EQ(found.response.status, 200);
  EXPECT_EQ(place(world, "#1001", "north").response.status, 201);
  EXPECT_EQ(booked(world, "#1001", "north").times_received, 2);
  EXPECT_EQ(world.suppliers().books().items().size(), 2U);
}

TEST(WorldTest, a_cancellation_stops_what_has_not_left) {
  World world(options(6));
  ASSERT_TRUE(world.plan({{"#1001", "refund_one_piece"}, {"#1002", "buyer_cancels_after_po"}}));
  world.place_orders(2, minutes(1));
  run_until(world, start + minutes(5));
  place(world, "#1001", "north");
  place(world, "#1002", "north");
  run_until(world, start + minutes(40));
  const auto& refunded = *world.shop().named("#1001");
  EXPECT_EQ(refunded.lines.front().current, 1);
  EXPECT_TRUE(world.shop().named("#1002")->cancelled_at);
  const auto sku = supplier_sku(*manner_of("north"), refunded.lines.front().sku);
  const auto part = world.rest_supplier_face(
      inbound("POST", "/north/orders/PO1001/cancel",
              R"({"lines":[{"supplier_sku":")" + sku + R"(","quantity":1}]})"));
  EXPECT_EQ(part.response.status, 200) << part.response.body;
  EXPECT_NE(part.response.body.find(R"("lines":[{"line":1,"quantity":1}])"), std::string::npos);
  const auto whole =
      world.rest_supplier_face(inbound("POST", "/north/orders/PO1002/cancel", R"({"lines":[]})"));
  EXPECT_EQ(whole.response.status, 200);
  run_until(world, start + days(3));
  EXPECT_TRUE(booked(world, "#1002", "north").parcels.empty());
  EXPECT_EQ(booked(world, "#1001", "north").parcels.front().lines.front().quantity, 1);
  const auto late =
      world.rest_supplier_face(inbound("POST", "/north/orders/PO1001/cancel", R"({"lines":[]})"));
  EXPECT_EQ(late.response.status, 409);
}

TEST(WorldTest, pieces_cancelled_after_a_short_answer_are_those_it_promised) {
  World world(options(4));
  ASSERT_TRUE(world.plan({{"#1001", "supplier_accepts_partly"}}));
  world.place_orders(1, minutes(1));
  run_until(world, start + minutes(10));
  place(world, "#1001", "north");
  while (!booked(world, "#1001", "north").lines.front().answered) {
    ASSERT_TRUE(world.next_due());
    run_until(world, world.next_due());
  }
  const auto& line = booked(world, "#1001", "north").lines.front();
  ASSERT_EQ(line.answer.kind, AckKind::QuantityChanged);
  Json wish;
  wish.set("supplier_sku", line.supplier_sku);
  wish.set("quantity", line.answer.quantity);
  Json body;
  body.set("lines", Json(Json::Array{wish}));
  const auto answer =
      world.rest_supplier_face(inbound("POST", "/north/orders/PO1001/cancel", to_text(body)));
  EXPECT_EQ(answer.response.status, 200) << answer.response.body;
  EXPECT_EQ(line.expected(), 0);
  run_until(world, start + days(3));
  EXPECT_EQ(booked(world, "#1001", "north").lines.front().shipped, 0);
}

TEST(WorldTest, carriers_go_by_the_fault) {
  World world(options(9));
  const std::vector<std::pair<std::string, std::string>> ends{
      {"label_never_moves", "InfoReceived"},
      {"lost", "Exception_Lost"},
      {"returned_to_sender", "Exception_Returned"},
      {"customs_hold", "Delivered_Other"},
      {"delivered_elsewhere", "Delivered_Other"}};
  std::vector<PlannedFault> faults;
  for (const auto& [kind, code] : ends) {
    faults.push_back({"#" + std::to_string(1001 + faults.size()), kind});
  }
  ASSERT_TRUE(world.plan(faults));
  world.place_orders(5, minutes(1));
  run_until(world, start + minutes(10));
  for (const auto& order : world.shop().orders()) place(world, order.name, "north");
  run_until(world, start + days(30));
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto& order = booked(world, faults[i].order, "north");
    const auto* parcel = world.carriers().find(order.parcels.front().number);
    EXPECT_EQ(parcel->scans.back().code, ends[i].second) << ends[i].first;
  }
}

TEST(WorldTest, webhooks_come_doubled_reordered_or_not_at_all) {
  World world(options(10));
  ASSERT_TRUE(world.plan({{"#1001", "duplicate_webhooks"},
                          {"#1002", "webhooks_reordered"},
                          {"#1003", "webhook_lost"}}));
  world.place_orders(3, Duration{});
  std::map<std::string, std::vector<std::string>> topics;
  run_until(world, start + hours(1), [&](const Outgoing& one) {
    const auto body = parse_json(one.request.body);
    const auto name = (*body)["name"].string();
    if (!name.empty()) {
      topics[name].emplace_back(ports::header(one.request.headers, "X-Shopify-Topic"));
    }
    return std::string();
  });
  EXPECT_EQ(std::count(topics["#1001"].begin(), topics["#1001"].end(), "orders/create"), 3);
  ASSERT_FALSE(topics["#1002"].empty());
  EXPECT_EQ(topics["#1002"].back(), "orders/create");
  EXPECT_TRUE(topics["#1003"].empty());
}

TEST(WorldTest, the_mail_supplier_answers_on_the_page) {
  World world(options(11));
  const auto name = world.place_order();
  const auto& line = world.shop().named(name)->lines.front();
  const auto sku = supplier_sku(*manner_of("paper"), line.sku);
  SmtpMessage letter;
  letter.to = {"orders@paper.example.test"};
  letter.data =
      "From: shop@example.test\r\nMessage-ID: <order.HF-7@shop.test>\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
      "Confirm here:\r\nhttp://127.0.0.1:9/s/token\r\nStore's number   #1001\r\n--b\r\n"
      "Content-Type: text/csv\r\nContent-Disposition: attachment; "
      "filename=\"order-HF-7.csv\"\r\n\r\n"
      "po,line,supplier_sku,quantity,unit_cost,currency,country,postcode\r\n"
      "HF-7,1," +
      sku + ",2,8.30,USD,DE,04109\r\n--b--\r\n";
  EXPECT_EQ(world.mail_message(letter), 250);
  std::map<std::string, std::string> posted;
  run_until(world, start + days(4), [&](const Outgoing& one) -> std::string {
    const auto& url = one.request.url;
    if (one.request.method == "POST") posted[url.substr(url.rfind('/') + 1)] = one.request.body;
    return "<form method=post action=\"/s/token/answer\"><input type=\"hidden\" "
           "name=\"form_token\" "
           "value=\"a&amp;b\"></form>";
  });
  EXPECT_NE(posted["answer"].find("form_token=a%26b"), std::string::npos) << posted["answer"];
  EXPECT_NE(posted["answer"].find("line_1_answer=accept"), std::string::npos);
  EXPECT_NE(posted["answer"].find("line_1_quantity=2"), std::string::npos);
  EXPECT_NE(posted["check"].find("statement="), std::string::npos);
  EXPECT_NE(posted["parcel"].find("carrier=Royal%20Mail"), std::string::npos);
}

TEST(WorldTest, a_mailbox_bounces_as_planned) {
  World world(options(12));
  ASSERT_TRUE(world.plan({{"#1002", "mail_bounces"}}));
  EXPECT_EQ(world.mail_recipient("buyer1@example.test"), 250);
  EXPECT_EQ(world.mail_recipient("buyer2@example.test"), 550);
}

TEST(WorldTest, tracking_numbers_have_right_check_digits) {
  const Chance chance(1);
  // UPU S10's own example of weights: RB123456785GB.
  EXPECT_EQ(tracking_number(chance, "k", "China Post", "CN").size(), 13U);
  EXPECT_EQ(tracking_number(chance, "k", "USPS", "US").size(), 22U);
  EXPECT_EQ(tracking_number(chance, "k", "DHL", "DE").size(), 20U);
}

TEST(WorldTest, every_article_has_three_suppliers) {
  std::map<std::string, int> counts;
  for (const auto& offer : offers(start, Mode::Auto)) ++counts[offer.sku];
  for (const auto& product : products()) EXPECT_GE(counts[product.sku], 3) << product.sku;
}

}  // namespace
}  // namespace holdfast::peers
