#pragma once
// REST suppliers in the shapes of connectors/suppliers/http_json/schema, several behind one server:
// /{supplier}/orders. Some answer late, some fail. It must never decide what a supplier answers;
// the suppliers' book does.

#include <map>
#include <string>

#include "peers/suppliers.h"

namespace holdfast::peers {

/// One supplier's access to us and ours to it.
struct RestAccess {
  std::string auth_value;       // the whole Authorization header
  std::string callback_url;     // "" for none
  std::string callback_secret;  // whsec_ and base64
};

class RestSupplierFace {
 public:
  RestSupplierFace(Scene& scene, Suppliers& suppliers, std::map<std::string, RestAccess> access);

  /// Answers POST /{supplier}/orders, GET …/orders/{po} and POST …/orders/{po}/cancel. `hang` is
  /// how long, in real time, an answer that never comes keeps its connection.
  FaceAnswer answer(const ports::Inbound& inbound);

  /// Changes where one supplier's callbacks go.
  void set_callback(const std::string& supplier, std::string url);

  /// {supplier: {requests, callbacks, accepted, lost}}.
  Json books() const;

 private:
  struct Counts {
    std::int64_t requests = 0;
    std::int64_t callbacks = 0;
    std::int64_t accepted = 0;
    std::int64_t lost = 0;
  };

  FaceAnswer place(const std::string& supplier, const ports::Inbound& inbound);
  FaceAnswer find(const std::string& supplier, const std::string& po);
  FaceAnswer cancel(const std::string& supplier, const std::string& po,
                    const ports::Inbound& inbound);
  bool fails(const std::string& supplier, const std::string& key);
  void call_back(const SupplyOrder& order);
  void send(const std::string& supplier, const std::string& id, const std::string& body, int tries);

  Scene& scene_;
  Suppliers& suppliers_;
  std::map<std::string, RestAccess> access_;
  std::map<std::string, Counts> counts_;
  std::map<std::string, std::int64_t> attempts_;
  std::set<std::string> spoiled_;  // purchase orders whose first answer was kept back
};

}  // namespace holdfast::peers
