#include "peers/demo_world.h"

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

#include <gtest/gtest.h>

#include "net/client.h"
#include "net/server.h"

namespace holdfast::peers {
namespace {

/// A program that takes every hook and counts them by path.
struct Program {
  std::mutex mutex;
  std::condition_variable told;
  std::map<std::string, int> hooks;
  std::unique_ptr<net::Server> server;

  Program() {
    auto started = net::Server::start(
        {}, [this](const net::ServerRequest& request, const net::Responder& respond) {
          {
            const std::scoped_lock lock(mutex);
            ++hooks[request.path];
          }
          told.notify_all();
          respond({});
        });
    EXPECT_TRUE(started) << describe(started.error());
    server = std::move(*started);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server->port()); }

  bool gets(const std::string& path, int count) {
    std::unique_lock lock(mutex);
    return told.wait_for(lock, std::chrono::seconds(5), [&] { return hooks[path] >= count; });
  }
};

ports::HttpResponse asked(ports::Transport& transport, ports::HttpRequest request) {
  std::promise<ports::Response> answer;
  transport.send(std::move(request), seconds(5),
                 [&](ports::Response response) { answer.set_value(std::move(response)); });
  const auto response = answer.get_future().get();
  const auto* http = std::get_if<ports::HttpResponse>(&response);
  return http ? *http : ports::HttpResponse{};
}

const ports::Account& account(const DemoSettings& settings, const std::string& id) {
  for (const auto& one : settings.accounts) {
    if (one.account.id == id) return one.account;
  }
  static const ports::Account none;
  ADD_FAILURE() << "no account " << id;
  return none;
}

TEST(DemoWorldTest, speaks_over_loopback_with_the_settings_it_gives) {
  Program program;
  DemoOptions options;
  options.orders = 3;
  options.order_every = minutes(1);
  options.program_url = program.url();
  options.clock = scaled_clock({1'793'000'000'000}, 600);
  auto demo = DemoWorld::start(options);
  ASSERT_TRUE(demo) << describe(demo.error());
  const auto& settings = (*demo)->settings();
  EXPECT_TRUE(program.gets("/hooks/shop", 9));

  net::TransportOptions sending;
  sending.allowed_hosts = settings.hosts;
  sending.clock = options.clock;
  auto transport = net::make_transport(sending);
  ASSERT_TRUE(transport);
  const auto& shop = account(settings, "shop");
  const auto answer =
      asked(**transport, {"POST",
                          shop.setting("api_url") + "/admin/api/2026-10/graphql.json",
                          {{"X-Shopify-Access-Token", shop.secret("access_token")}},
                          R"({"query":"{ shop { myshopifyDomain } }"})"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find(shop.setting("shop")), std::string::npos);

  const auto& north = account(settings, "north");
  const auto placed =
      asked(**transport,
            {"POST",
             north.setting("base_url") + "/orders",
             {{"Authorization", north.secret("auth_value")}},
             R"({"po":"P1","store_number":"#1001","ship_to":{"country":"DE","postcode":"04109"},)"
             R"("lines":[{"line":1,"supplier_sku":"N-MUG-ENAMEL-WHT","quantity":1}]})"});
  EXPECT_EQ(placed.status, 201) << placed.body;
  // Read and answered within some hours of the world's time, which are seconds here.
  (*demo)->with([](World& world) { world.advance_to(world.now() + hours(4)); });
  EXPECT_TRUE(program.gets("/hooks/north", 2));
}

TEST(DemoWorldTest, gives_up_an_answer_that_never_comes) {
  DemoOptions options;
  options.orders = 1;
  options.faults = {{"#1001", "supplier_timeout"}};
  options.hang = milliseconds(100);
  auto demo = DemoWorld::start(options);
  ASSERT_TRUE(demo) << describe(demo.error());
  const auto& north = account((*demo)->settings(), "north");
  net::TransportOptions sending;
  sending.allowed_hosts = (*demo)->settings().hosts;
  sending.clock = scaled_clock({1'793'000'000'000}, 1);
  auto transport = net::make_transport(sending);
  const auto placed =
      asked(**transport,
            {"POST",
             north.setting("base_url") + "/orders",
             {{"Authorization", north.secret("auth_value")}},
             R"({"po":"P1","store_number":"#1001","ship_to":{"country":"DE","postcode":"04109"},)"
             R"("lines":[{"line":1,"supplier_sku":"N-MUG-ENAMEL-WHT","quantity":1}]})"});
  EXPECT_NE(placed.status, 201);
  EXPECT_EQ((*demo)->books()["suppliers"].items().size(), 1U);
}

TEST(DemoWorldTest, refuses_a_bad_fault_list) {
  DemoOptions options;
  options.faults = {{"#1001", "no_such_fault"}};
  EXPECT_FALSE(DemoWorld::start(options));
}

}  // namespace
}  // namespace holdfast::peers
