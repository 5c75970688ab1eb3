#include "net/server.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "base/check.h"
#include "net/test_socket.h"

namespace holdfast::net {
namespace {

using test::RawSocket;

class FixedClock : public ports::Clock {
 public:
  Instant now() override { return {784'111'777'000}; }
};

// Answers with what it was asked.
void echo(const ServerRequest& request, const Responder& respond) {
  ServerResponse response;
  response.headers.emplace_back("Content-Type", "text/plain");
  response.headers.emplace_back("X-Path", request.path);
  response.headers.emplace_back("X-Query", request.query);
  response.headers.emplace_back("X-Count", std::to_string(request.header_count));
  response.headers.emplace_back("Content-Length", "999");
  response.body = request.method + " " + request.body;
  respond(std::move(response));
}

std::unique_ptr<Server> started(ServerOptions options, Handler handler = echo) {
  auto server = Server::start(std::move(options), std::move(handler));
  EXPECT_TRUE(server) << describe(server.error());
  return std::move(*server);
}

ServerOptions short_deadlines() {
  ServerOptions options;
  options.header_deadline = milliseconds(150);
  options.body_deadline = milliseconds(150);
  options.idle_deadline = milliseconds(150);
  options.answer_deadline = milliseconds(150);
  options.stop_deadline = milliseconds(200);
  return options;
}

std::string exchange(int port, std::string_view text) {
  auto socket = RawSocket::to(port);
  socket.write(text);
  return socket.read_all();
}

int status_of(const std::string& response) {
  return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ServerTest, answers_a_request) {
  auto options = ServerOptions{};
  options.clock = std::make_shared<FixedClock>();
  const auto server = started(options);
  const auto response = exchange(
      server->port(), "GET /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nA: 1\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_of(response), 200) << response;
  EXPECT_TRUE(holds(response, "X-Path: /a%20b\r\n"));
  EXPECT_TRUE(holds(response, "X-Query: x=1\r\n"));
  EXPECT_TRUE(holds(response, "X-Count: 3\r\n"));
  EXPECT_TRUE(holds(response, "Content-Length: 4\r\n")) << response;
  EXPECT_FALSE(holds(response, "999"));
  EXPECT_TRUE(holds(response, "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
  EXPECT_TRUE(response.ends_with("\r\n\r\nGET "));
}

TEST(ServerTest, keeps_the_connection_and_the_order_of_pipelined_requests) {
  const auto server = started({});
  auto socket = RawSocket::to(server->port());
  socket.write(
      "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none"
      "POST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ntw\r\n1\r\no\r\n0\r\n"
      "\r\nHEAD /3 HTTP/1.1\r\nHost: h\r\n\r\nGET /4 HTTP/1.0\r\n\r\n");
  const auto all = socket.read_all();
  const auto one = all.find("POST one");
  const auto two = all.find("POST two");
  const auto three = all.find("X-Path: /3");
  const auto four = all.find("X-Path: /4");
  EXPECT_LT(one, two);
  EXPECT_LT(two, three);
  EXPECT_LT(three, four);
  EXPECT_NE(four, std::string::npos) << all;
  EXPECT_FALSE(holds(all, "HEAD ")) << all;  // a HEAD response carries the length, not the body
  EXPECT_TRUE(all.ends_with("GET "));
}

TEST(ServerTest, refuses_malformed_requests) {
  const auto server = started({});
  const struct {
    const char* text;
    int status;
  } cases[] = {
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: h\r\nExpect: magic\r\nContent-Length: 1\r\n\r\n", 417},
  };
  for (const auto& each : cases) {
    const auto response = exchange(server->port(), each.text);
    EXPECT_EQ(status_of(response), each.status) << each.text << response;
    EXPECT_TRUE(holds(response, "Connection: close\r\n")) << response;
  }
}

TEST(ServerTest, understands_the_absolute_form) {
  const auto server = started({});
  const auto response =
      exchange(server->port(), "GET http://h/a?b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(holds(response, "X-Path: /a\r\n")) << response;
  EXPECT_TRUE(holds(response, "X-Query: b\r\n")) << response;
}

TEST(ServerTest, refuses_long_bodies_before_reading_them) {
  ServerOptions options;
  options.max_body_bytes = 10;
  options.body_limit = [](std::string_view path) { return path == "/big" ? 100u : 10u; };
  const auto server = started(options);
  const auto post = [&](const std::string& path, std::size_t size) {
    return status_of(
        exchange(server->port(), "POST " + path +
                                     " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                     "Content-Length: " +
                                     std::to_string(size) + "\r\n\r\n" +
                                     std::string(std::min<std::size_t>(size, 100), 'x')));
  };
  EXPECT_EQ(post("/", 10), 200);
  EXPECT_EQ(post("/", 11), 413);
  EXPECT_EQ(post("/big", 100), 200);
  EXPECT_EQ(post("/big", 101), 413);
  EXPECT_EQ(post("/", 4'000'000'000), 413);
  EXPECT_EQ(status_of(exchange(server->port(),
                               "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n")),
            413);
}

TEST(ServerTest, refuses_long_and_many_headers) {
  ServerOptions options;
  options.max_header_bytes = 2000;
  options.max_headers = 10;
  const auto server = started(options);
  EXPECT_EQ(status_of(exchange(server->port(), "GET / HTTP/1.1\r\nHost: h\r\nA: " +
                                                   std::string(3000, 'x') + "\r\n\r\n")),
            431);
  std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 10; ++i) many += "A: 1\r\n";
  EXPECT_EQ(status_of(exchange(server->port(), many + "\r\n")), 431);
}

TEST(ServerTest, says_100_continue_only_when_it_wants_the_body) {
  ServerOptions options;
  options.max_body_bytes = 10;
  const auto server = started(options);
  auto socket = RawSocket::to(server->port());
  socket.write("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.write("ok");
  EXPECT_EQ(status_of(socket.read_until("POST ok")), 200);
  socket.write("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n");
  EXPECT_EQ(status_of(socket.read_until("\r\n\r\n")), 413);
}

TEST(ServerTest, ends_slow_and_idle_clients) {
  const auto server = started(short_deadlines());
  auto silent = RawSocket::to(server->port());
  auto slow_head = RawSocket::to(server->port());
  slow_head.write("GET / HT");
  auto slow_body = RawSocket::to(server->port());
  slow_body.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
  auto idle = RawSocket::to(server->port());
  idle.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_of(idle.read_until("GET ")), 200);
  EXPECT_EQ(status_of(slow_head.read_all()), 408);
  EXPECT_EQ(status_of(slow_body.read_all()), 408);
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(idle.is_closed());
}

TEST(ServerTest, a_dripping_header_does_not_move_its_deadline) {
  const auto server = started(short_deadlines());
  auto socket = RawSocket::to(server->port());
  socket.write("GET / HTTP/1.1\r\nHost: h\r\nA: ");
  for (int i = 0; i < 30 && socket.write("x"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(status_of(socket.read_until("\r\n\r\n")), 408);
}

TEST(ServerTest, the_answer_may_come_later_from_another_thread) {
  std::mutex mutex;
  std::condition_variable came;
  std::vector<Responder> waiting;
  const auto server = started({}, [&](const ServerRequest&, Responder respond) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
    came.notify_all();
  });
  std::vector<RawSocket> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(RawSocket::to(server->port()));
    clients.back().write("POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  }
  std::vector<Responder> taken;
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(came.wait_for(lock, std::chrono::seconds(2), [&] { return waiting.size() == 5; }));
    taken.swap(waiting);
  }
  EXPECT_EQ(server->in_flight(), 5u);
  for (const auto& respond : taken) respond({204, {}, "", nullptr});
  for (auto& client : clients) EXPECT_EQ(status_of(client.read_all()), 204);
  EXPECT_THROW(taken[0]({200, {}, "", nullptr}), CheckFailed);
}

TEST(ServerTest, an_unanswered_request_is_answered_all_the_same) {
  std::vector<Responder> kept;
  const auto server =
      started(short_deadlines(), [&](const ServerRequest& request, Responder respond) {
        if (request.path == "/kept") kept.push_back(std::move(respond));
        if (request.path == "/throws") throw std::runtime_error("broken");
      });
  const auto get = [&](const std::string& path) {
    return status_of(exchange(server->port(), "GET " + path +
                                                  " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                                  "\r\n"));
  };
  EXPECT_EQ(get("/dropped"), 500);
  EXPECT_EQ(get("/throws"), 500);
  EXPECT_EQ(get("/kept"), 503);
  kept[0]({200, {}, "too late", nullptr});
  EXPECT_EQ(get("/dropped"), 500);
}

TEST(ServerTest, an_answer_cannot_smuggle_a_header) {
  const auto server = started({}, [](const ServerRequest&, const Responder& respond) {
    respond({200, {{"X-Note", "a\r\nSet-Cookie: evil=1"}}, "", nullptr});
  });
  const auto response =
      exchange(server->port(), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_of(response), 500);
  EXPECT_FALSE(holds(response, "evil"));
}

TEST(ServerTest, sheds_exports_first_and_webhooks_last) {
  ServerOptions options;
  options.max_in_flight = 4;
  options.shed_class = [](std::string_view, std::string_view path) {
    if (path == "/export") return ShedClass::Exports;
    if (path == "/healthz") return ShedClass::Health;
    return ShedClass::Webhooks;
  };
  std::mutex mutex;
  std::vector<Responder> kept;
  const auto server = started(options, [&](const ServerRequest& request, Responder respond) {
    if (request.path == "/hold") {
      const std::lock_guard lock(mutex);
      kept.push_back(std::move(respond));
      return;
    }
    respond({200, {}, "", nullptr});
  });
  std::vector<RawSocket> holders;
  const auto hold = [&](std::size_t until) {
    while (holders.size() < until) {
      holders.push_back(RawSocket::to(server->port()));
      holders.back().write("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    for (int i = 0; i < 400 && server->in_flight() < until; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_EQ(server->in_flight(), until);
  };
  const auto get = [&](const std::string& path) {
    return exchange(server->port(),
                    "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  };
  EXPECT_EQ(status_of(get("/export")), 200);
  hold(2);
  const auto refused = get("/export");
  EXPECT_EQ(status_of(refused), 503);
  EXPECT_TRUE(holds(refused, "Retry-After: 60\r\n")) << refused;
  EXPECT_EQ(status_of(get("/hooks/x")), 200);
  hold(4);
  EXPECT_EQ(status_of(get("/hooks/x")), 503);
  EXPECT_EQ(status_of(get("/healthz")), 200);
  const std::lock_guard lock(mutex);
  for (const auto& respond : kept) respond({200, {}, "", nullptr});
}

TEST(ServerTest, turns_away_more_connections_than_it_may_have) {
  ServerOptions options;
  options.max_connections = 2;
  const auto server = started(options);
  auto one = RawSocket::to(server->port());
  auto two = RawSocket::to(server->port());
  one.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  two.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  one.read_until("GET ");
  two.read_until("GET ");
  auto three = RawSocket::to(server->port());
  EXPECT_EQ(status_of(three.read_all()), 503);
}

TEST(ServerTest, streams_events_until_the_reader_leaves) {
  std::shared_ptr<EventStream> stream;
  std::mutex mutex;
  auto options = ServerOptions{};
  options.heartbeat = milliseconds(30);
  const auto server = started(options, [&](const ServerRequest&, const Responder& respond) {
    const std::lock_guard lock(mutex);
    stream = std::make_shared<EventStream>();
    stream->send("first", "hello", "1");
    ServerResponse response;
    response.stream = stream;
    respond(std::move(response));
  });
  auto socket = RawSocket::to(server->port());
  socket.write("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto head = socket.read_until("data: first\n\n");
  EXPECT_TRUE(holds(head, "Content-Type: text/event-stream\r\n")) << head;
  EXPECT_TRUE(holds(head, "event: hello\nid: 1\n")) << head;
  const std::string_view heartbeat = "event: heartbeat\ndata: {}\n\n";
  EXPECT_TRUE(holds(socket.read_until("heartbeat\ndata: {}\n\n"), heartbeat));
  const std::lock_guard lock(mutex);
  EXPECT_EQ(server->in_flight(), 0u);
  EXPECT_TRUE(stream->send("two\nlines"));
  EXPECT_TRUE(holds(socket.read_until("lines\n\n"), "data: two\ndata: lines\n\n"));
  socket.reset();
  for (int i = 0; i < 400 && !stream->closed(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_TRUE(stream->closed());
  EXPECT_FALSE(stream->send("nobody"));
}

TEST(ServerTest, a_stream_that_is_closed_ends_its_response) {
  const auto server = started({}, [&](const ServerRequest&, const Responder& respond) {
    ServerResponse response;
    response.stream = std::make_shared<EventStream>();
    response.stream->send("only");
    response.stream->close();
    respond(std::move(response));
  });
  const auto all = exchange(server->port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(all.ends_with("data: only\n\n\r\n0\r\n\r\n")) << all;
}

TEST(ServerTest, a_file_leaves_part_by_part_and_has_an_end_only_when_it_is_whole) {
  const auto ask = [](bool whole) {
    const auto server = started({}, [&](const ServerRequest&, const Responder& respond) {
      ServerResponse response;
      response.headers = {{"Content-Type", "text/csv"}};
      response.stream = std::make_shared<EventStream>(1'000, StreamForm::File);
      const auto parts = std::make_shared<int>(0);
      response.stream->on_room([weak = std::weak_ptr(response.stream), whole, parts] {
        const auto stream = weak.lock();
        if (++*parts <= 3) {
          stream->write("part " + std::to_string(*parts) + "\r\n");
        } else if (whole) {
          stream->finish();
        } else {
          stream->close();
        }
      });
      response.stream->write("head\r\n");
      respond(std::move(response));
    });
    return exchange(server->port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  };
  const auto whole = ask(true), broken = ask(false);
  EXPECT_TRUE(holds(whole, "Content-Type: text/csv\r\n")) << whole;
  for (const char* part : {"head\r\n", "part 1\r\n", "part 2\r\n", "part 3\r\n"}) {
    EXPECT_TRUE(holds(whole, part)) << whole;
    EXPECT_TRUE(holds(broken, part)) << broken;
  }
  EXPECT_TRUE(whole.ends_with("\r\n0\r\n\r\n")) << whole;
  EXPECT_FALSE(broken.ends_with("\r\n0\r\n\r\n")) << broken;
}

TEST(EventStreamTest, cuts_off_who_does_not_read) {
  EventStream stream(100);
  EXPECT_TRUE(stream.send(std::string(50, 'x')));
  EXPECT_FALSE(stream.send(std::string(50, 'y')));
  EXPECT_TRUE(stream.closed());
  EXPECT_EQ(stream.take(), "data: " + std::string(50, 'x') + "\n\n");
  EXPECT_THROW(EventStream().send("x", "a\nb"), CheckFailed);
}

TEST(ServerTest, stops_gracefully) {
  std::mutex mutex;
  std::vector<Responder> kept;
  auto server = started({}, [&](const ServerRequest& request, Responder respond) {
    if (request.path == "/slow") {
      const std::lock_guard lock(mutex);
      kept.push_back(std::move(respond));
    } else {
      respond({200, {}, "", nullptr});
    }
  });
  auto idle = RawSocket::to(server->port());
  idle.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  idle.read_until("\r\n\r\n");
  auto busy = RawSocket::to(server->port());
  busy.write("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto taken = [&] {
    const std::lock_guard lock(mutex);
    return kept;
  };
  for (int i = 0; i < 400 && taken().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_EQ(taken().size(), 1u);
  std::thread stopping([&] { server->stop(); });
  EXPECT_TRUE(idle.is_closed());
  taken()[0]({200, {}, "done", nullptr});
  const auto last = busy.read_all();
  EXPECT_TRUE(last.ends_with("done")) << last;
  EXPECT_TRUE(holds(last, "Connection: close\r\n"));
  stopping.join();
  server->stop();
}

TEST(ServerTest, stops_though_a_handler_never_answers_and_survives_late_answers) {
  std::vector<Responder> kept;
  auto options = ServerOptions{};
  options.stop_deadline = milliseconds(100);
  options.threads = 2;
  auto server = started(options, [&](const ServerRequest&, Responder respond) {
    kept.push_back(std::move(respond));
  });
  auto socket = RawSocket::to(server->port());
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  for (int i = 0; i < 400 && server->in_flight() < 1; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  server.reset();
  EXPECT_TRUE(socket.is_closed());
  ASSERT_EQ(kept.size(), 1u);
  kept[0]({200, {}, "late", nullptr});
}

TEST(ServerTest, many_clients_at_once) {
  ServerOptions options;
  options.threads = 2;
  std::atomic<int> asked = 0;
  const auto server = started(options, [&](const ServerRequest& request, const Responder& respond) {
    ++asked;
    echo(request, respond);
  });
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      auto socket = RawSocket::to(server->port());
      for (int i = 0; i < 50; ++i) {
        const auto body = std::to_string(i) + ".";
        socket.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body);
        right += socket.read_until("POST " + body).ends_with("POST " + body) ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 400);
  EXPECT_EQ(asked, 400);
}

TEST(ServerTest, refuses_to_start_wrongly) {
  ServerOptions options;
  options.host = "not an address";
  EXPECT_EQ(Server::start(options, echo).error().code, ErrorCode::Invalid);
  options.host = "127.0.0.1";
  options.max_in_flight = 0;
  EXPECT_EQ(Server::start(options, echo).error().code, ErrorCode::Invalid);
  const auto first = started({});
  options.max_in_flight = 1;
  options.port = first->port();
  EXPECT_EQ(Server::start(options, echo).error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace holdfast::net
