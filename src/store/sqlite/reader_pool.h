#pragma once
// ReaderPool: a bounded set of read-only connections, each lent to one thread at a time.
// It must never lend a connection that can write or move the log.

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/sqlite/database.h"

namespace holdfast::store {

class ReaderPool {
 public:
  ReaderPool(std::string path, const Tuning& tuning, std::size_t most)
      : path_(std::move(path)), tuning_(tuning), most_(most == 0 ? 1 : most) {}

  /// A connection on loan; it goes back when this ends.
  class Loan {
   public:
    Loan(ReaderPool& pool, std::unique_ptr<Database> database)
        : pool_(&pool), database_(std::move(database)) {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() {
      if (database_) pool_->give_back(std::move(database_));
    }
    Database& operator*() const { return *database_; }

   private:
    ReaderPool* pool_;
    std::unique_ptr<Database> database_;
  };

  /// Waits for a free connection at most five seconds; Unavailable when none comes free or a new
  /// one cannot be opened.
  Result<Loan> lend();

 private:
  void give_back(std::unique_ptr<Database> database);

  const std::string path_;
  const Tuning tuning_;
  const std::size_t most_;
  std::mutex guard_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Database>> free_;
  std::size_t lent_ = 0;
};

}  // namespace holdfast::store
