#pragma once
// Pool: a bounded set of reading connections, each lent to one thread at a time.
// It must never lend a connection that broke.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/postgres/database.h"

namespace holdfast::store::pg {

class Pool {
 public:
  Pool(Address address, std::string name, std::size_t most)
      : address_(std::move(address)), name_(std::move(name)), most_(most == 0 ? 1 : most) {}

  /// A connection on loan; it goes back when this ends.
  class Loan {
   public:
    Loan(Pool& pool, std::unique_ptr<Database> database, bool fresh)
        : pool_(&pool), database_(std::move(database)), fresh_(fresh) {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() {
      if (database_) pool_->give_back(std::move(database_));
    }
    Database& operator*() const { return *database_; }
    /// Whether it was opened for this loan: one that lay there may have broken meanwhile.
    bool fresh() const { return fresh_; }

   private:
    Pool* pool_;
    std::unique_ptr<Database> database_;
    bool fresh_;
  };

  /// Waits for a free connection at most five seconds; Unavailable when none comes free or a new
  /// one cannot be opened.
  Result<Loan> lend();

 private:
  void give_back(std::unique_ptr<Database> database);

  const Address address_;
  const std::string name_;
  const std::size_t most_;
  std::mutex guard_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Database>> free_;
  std::size_t lent_ = 0;
};

}  // namespace holdfast::store::pg
