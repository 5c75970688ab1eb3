#include "api/figures.h"

#include <set>

namespace holdfast::api {
namespace {

constexpr Duration kept_for = seconds(10);
constexpr std::size_t most_rows = 20'000;
constexpr std::size_t page = 250;

/// Calls `see` for every order a query finds, newest first.
Status each_order(Desk& desk, ports::OrderQuery query, const auto& see) {
  query.limit = page;
  for (std::size_t seen = 0; seen < most_rows;) {
    auto rows = desk.store().orders(query);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (row.stream.kind == ports::StreamKind::Order) see(row);
    }
    seen += rows->size();
    if (rows->size() < page) break;
    query.before = rows->back().stream.id;
  }
  return {};
}

Status each_case(Desk& desk, bool open, const auto& see) {
  ports::ExceptionQuery query;
  query.tenant = desk.tenant();
  query.open = open;
  query.limit = page;
  for (std::size_t seen = 0; seen < most_rows;) {
    auto rows = desk.store().exceptions(query);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) see(row);
    seen += rows->size();
    if (rows->size() < page) break;
    const auto& last = rows->back();
    query.after = ports::ExceptionQuery::Cursor{last.review_by, last.stream.id, last.number};
  }
  return {};
}

Result<Figures> read_figures(Desk& desk) {
  Figures figures;
  figures.read_at = desk.real_now();
  const auto now = desk.now();
  std::set<std::int64_t> touched;
  for (const bool open : {true, false}) {
    auto status = each_case(desk, open, [&](const ports::ExceptionRow& row) {
      touched.insert(row.stream.id);
      figures.exceptions_overdue += open && row.review_by < now ? 1 : 0;
    });
    if (!status) return fail(status.error());
  }
  ports::OrderQuery live{desk.tenant(), {}, {}, true, false, 0, page};
  auto status = each_order(desk, live, [&](const ports::OrderRow&) { ++figures.orders_live; });
  if (!status) return fail(status.error());
  ports::OrderQuery delivered{desk.tenant(), {}, "delivered", std::nullopt, false, 0, page};
  status = each_order(desk, delivered, [&](const ports::OrderRow& row) {
    ++figures.delivered;
    figures.untouched += touched.contains(row.stream.id) ? 0 : 1;
  });
  if (!status) return fail(status.error());
  return figures;
}

}  // namespace

Result<std::shared_ptr<const Figures>> figures_of(Desk& desk) {
  // Held while reading: the second reader waits for the first one's figures instead of its own.
  const std::lock_guard lock(desk.figures_mutex);
  if (desk.figures && desk.real_now() - desk.figures->read_at < kept_for) return desk.figures;
  auto fresh = read_figures(desk);
  if (!fresh) return fail(fresh.error());
  desk.figures = std::make_shared<const Figures>(*fresh);
  return desk.figures;
}

}  // namespace holdfast::api
