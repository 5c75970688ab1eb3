#include "tests/bench/partners.h"

#include <array>

namespace holdfast::bench {
namespace {

using namespace ports;

constexpr Capabilities everything{.idempotent = true,
                                  .find_by_reference = true,
                                  .cancel = true,
                                  .ordered = false,
                                  .requests_per_minute = 60'000'000,
                                  .burst = 1'000'000};

const std::vector<Setting>& no_settings() {
  static const std::vector<Setting> none;
  return none;
}

Turn done(std::vector<Command> commands) {
  Outcome outcome;
  outcome.commands = std::move(commands);
  return Turn::end(std::move(outcome));
}

Turn fulfill(const Account&, const FulfillJob& job, const Exchanges&) {
  return done({ChannelCommand(RecordStoreAnswer{job.parcel, "F" + job.tracking, false, {}})});
}

Turn tracking_news(const Account&, const TrackingNewsJob&, const Exchanges&) { return done({}); }

Turn place(const Account&, const PlaceJob& job, const Exchanges&) {
  const auto& po = job.document.po;
  return done({SupplierCommand(RecordPurchaseOrderReply{po, PoReply::Delivered, "S-" + po, {}})});
}

Turn register_number(const Account&, const RegisterJob&, const Exchanges&) { return done({}); }

Turn notify(const Account&, const NotifyJob&, const Exchanges&) { return done({}); }

constexpr ChannelConnector shop{.kind = instant_kind,
                                .capabilities = everything,
                                .settings = no_settings,
                                .receive = nullptr,
                                .fetch_order = nullptr,
                                .list_updated = nullptr,
                                .subscriptions = nullptr,
                                .renew_token = nullptr,
                                .fulfill = fulfill,
                                .tracking_news = tracking_news,
                                .hold = nullptr};

constexpr SupplierConnector supplier{.kind = instant_kind,
                                     .capabilities = everything,
                                     .settings = no_settings,
                                     .receive = nullptr,
                                     .read_callback = nullptr,
                                     .place = place,
                                     .find = nullptr,
                                     .cancel = nullptr,
                                     .remind = nullptr};

constexpr TrackingConnector tracker{.kind = instant_kind,
                                    .capabilities = everything,
                                    .settings = no_settings,
                                    .receive = nullptr,
                                    .read_push = nullptr,
                                    .register_number = register_number,
                                    .read_number = nullptr};

constexpr NotifierConnector mail{
    .kind = instant_kind, .capabilities = everything, .settings = no_settings, .notify = notify};

}  // namespace

Connectors instant_connectors() {
  static constexpr std::array shops{&shop};
  static constexpr std::array suppliers{&supplier};
  static constexpr std::array trackers{&tracker};
  static constexpr std::array mails{&mail};
  return {shops, suppliers, trackers, mails};
}

}  // namespace holdfast::bench
