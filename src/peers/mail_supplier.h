#pragma once
// A supplier who reads purchase orders as mail and answers on the no-login page behind the link:
// opens it by GET, posts its forms. It must never learn anything that the letter or the page does
// not say.

#include <map>
#include <string>

#include "peers/mailboxes.h"
#include "peers/mime.h"
#include "peers/suppliers.h"

namespace holdfast::peers {

class MailSupplier {
 public:
  /// `supplier` is a name of the catalogue; its letters come to `address`.
  MailSupplier(Scene& scene, Suppliers& suppliers, std::string supplier, std::string address);

  const std::string& address() const { return address_; }

  /// Reads a letter sent to the address; what is no purchase order and no cancellation stays
  /// unread.
  void read(const MimeMail& mail);

  /// {letters, pages: {po: {opened, posted: [{form, status}]}}}.
  Json books() const;

 private:
  struct Page {
    std::string link;
    std::int64_t opened = 0;
    std::vector<std::pair<std::string, int>> posted;  // form, HTTP status
  };
  using Fields = std::vector<std::pair<std::string, std::string>>;

  void read_order(const std::string& po, const MimeMail& mail);
  void read_cancel(const std::string& po, const MimeMail& mail);
  void on_news(const SupplyOrder& order, Suppliers::News news);
  static Fields answer_fields(const SupplyOrder& order);
  /// Opens the page and posts its form called `form` with `fields`; tried again when that fails.
  void post(const std::string& po, const std::string& form, const Fields& fields, int tries);
  void submit(const std::string& po, const std::string& form, const Fields& fields,
              const std::string& page, int tries);
  void again(const std::string& po, const std::string& form, const Fields& fields, int tries);

  Scene& scene_;
  Suppliers& suppliers_;
  std::string supplier_;
  std::string address_;
  std::int64_t letters_ = 0;
  std::map<std::string, Page> pages_;  // by purchase order number
};

}  // namespace holdfast::peers
