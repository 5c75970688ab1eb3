// What every store finds: streams by their words, the newest first, page after page.
#include <algorithm>

#include "store/contract.h"

namespace holdfast::store {
namespace {

using namespace ports;

using Numbers = std::vector<std::int64_t>;

Numbers ids_of(const std::vector<StreamKey>& streams) {
  Numbers ids;
  for (const auto& stream : streams) ids.push_back(stream.id);
  return ids;
}

TEST_P(StoreContract, search_finds_streams_that_hold_every_word) {
  write({.add_search = {{order_stream(1), "maria"},
                        {order_stream(1), "berlin"},
                        {order_stream(2), "mario"},
                        {order_stream(2), "berlin"},
                        {order_stream(3), "maria"},
                        {order_stream(3), "\xe6\x9d\xb1\xe4\xba\xac"},
                        {order_stream(9, tenant_b), "maria"}}});
  write({.add_search = {{order_stream(1), "maria"}}});
  const auto found = [&](const std::vector<std::string>& words, std::size_t limit = 9) {
    const auto streams = store_->search(tenant_a, words, limit, 0);
    EXPECT_TRUE(streams);
    return ids_of(*streams);
  };
  EXPECT_EQ(found({"maria"}), (Numbers{3, 1}));
  EXPECT_EQ(found({"mari*"}), (Numbers{3, 2, 1}));
  EXPECT_EQ(found({"mari*"}, 2), (Numbers{3, 2}));
  EXPECT_EQ(found({"mari*", "berlin"}), (Numbers{2, 1}));
  EXPECT_EQ(found({"berlin", "maria"}), Numbers{1});
  EXPECT_EQ(found({"ber*", "m*"}), (Numbers{2, 1}));
  EXPECT_EQ(found({"mari"}), Numbers{});
  EXPECT_EQ(found({"maria", "paris"}), Numbers{});
  EXPECT_EQ(found({"\xe6\x9d\xb1*"}), Numbers{3});
  EXPECT_EQ(found({"*"}), (Numbers{3, 2, 1}));
  write({.drop_search = {order_stream(1)}});
  EXPECT_EQ(found({"maria"}), Numbers{3});
  EXPECT_EQ(found({"berlin"}), Numbers{2});
  const auto many = store_->search(tenant_a, std::vector<std::string>(17, "a"), 9, 0);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::TooLarge);
}

TEST_P(StoreContract, search_among_common_words_goes_newest_first) {
  Batch batch;
  for (std::int64_t id = 1; id <= 6000; ++id) {
    batch.add_search.push_back({order_stream(id), "germany"});
    batch.add_search.push_back({order_stream(id), "n" + std::to_string(id)});
    if (id % 1000 == 0) batch.add_search.push_back({order_stream(id), "rare"});
  }
  write(batch);
  const auto found = [&](const std::vector<std::string>& words) {
    return ids_of(*store_->search(tenant_a, words, 3, 0));
  };
  EXPECT_EQ(found({"germany"}), (Numbers{6000, 5999, 5998}));
  EXPECT_EQ(found({"n*"}), (Numbers{6000, 5999, 5998}));
  EXPECT_EQ(found({"n*", "germany"}), (Numbers{6000, 5999, 5998}));
  EXPECT_EQ(found({"g*", "n*"}), (Numbers{6000, 5999, 5998}));
  EXPECT_EQ(found({"germany", "n*", "rare"}), (Numbers{6000, 5000, 4000}));
  EXPECT_EQ(found({"germany", "n42"}), Numbers{42});
  Batch older;
  for (std::int64_t id = 10'001; id <= 20'000; ++id) {
    older.add_search.push_back({order_stream(id), "france"});
    older.add_search.push_back({order_stream(id), "f" + std::to_string(id)});
    older.add_search.push_back({order_stream(id), "g" + std::to_string(id)});
  }
  write(older);
  EXPECT_EQ(found({"n*"}), (Numbers{6000, 5999, 5998}));
  EXPECT_EQ(found({"n*", "germany"}), (Numbers{6000, 5999, 5998}));
  EXPECT_EQ(found({"n*", "france"}), Numbers{});
  EXPECT_EQ(found({"f1*", "g*"}), (Numbers{19'999, 19'998, 19'997}));
  EXPECT_EQ(ids_of(*store_->search(tenant_a, {"f1*", "g*"}, 3, 19'998)),
            (Numbers{19'997, 19'996, 19'995}));
  EXPECT_EQ(ids_of(*store_->search(tenant_a, {"n*", "germany"}, 3, 5'999)),
            (Numbers{5998, 5997, 5996}));
}

TEST_P(StoreContract, a_search_goes_on_below_the_last_one_found) {
  Batch batch;
  for (std::int64_t id = 1; id <= 600; ++id) {
    batch.add_search.push_back({order_stream(id), "supplier"});
    batch.add_search.push_back({order_stream(id), "n" + std::to_string(id)});
  }
  write(batch);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"supplier"}, {"n*"}, {"supplier", "n*"}}) {
    Numbers all;
    for (std::int64_t before = 0;;) {
      const auto page = ids_of(*store_->search(tenant_a, words, 1'000, before));
      if (page.empty()) break;
      EXPECT_LE(page.size(), 251U);
      all.insert(all.end(), page.begin(), page.end());
      before = page.back();
    }
    ASSERT_EQ(all.size(), 600U) << words.front();
    EXPECT_EQ(all.front(), 600);
    EXPECT_EQ(all.back(), 1);
    EXPECT_TRUE(std::ranges::is_sorted(all, std::ranges::greater{}));
  }
}

}  // namespace
}  // namespace holdfast::store
