#include "engine/evidence/checkpoint.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "engine/evidence/merkle.h"
#include "tests/evidence/sample.h"

namespace holdfast::engine {
namespace {

using sample::World;

std::vector<Digest> leaves_of(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(merkle_leaf(std::to_string(i)));
  return leaves;
}

TEST(Merkle, knows_the_published_hash_of_an_empty_leaf_and_tree) {
  EXPECT_EQ(hex(merkle_leaf("")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(hex(merkle_root({})),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Merkle, every_path_leads_to_the_root_and_to_no_other_place) {
  for (std::size_t count = 1; count <= 33; ++count) {
    const auto leaves = leaves_of(count);
    const auto root = merkle_root(leaves);
    for (std::size_t i = 0; i < count; ++i) {
      const auto path = merkle_path(leaves, i);
      EXPECT_EQ(merkle_climb(leaves[i], i, count, path), root) << count << " " << i;
      EXPECT_NE(merkle_climb(merkle_leaf("other"), i, count, path), root);
      if (count > 1) EXPECT_NE(merkle_climb(leaves[i], (i + 1) % count, count, path), root);
      auto longer = path;
      longer.push_back(root);
      EXPECT_NE(merkle_climb(leaves[i], i, count, longer), root);
    }
    EXPECT_FALSE(merkle_climb(leaves[0], count, count, {}));
  }
}

NewCheckpoint made(World& world, Instant at, std::size_t events = 20'000) {
  auto next = make_checkpoint(world.store(), world.keys, sample::tenant, at, {}, events);
  EXPECT_TRUE(next) << describe(next.error());
  EXPECT_TRUE(*next);
  ports::Batch batch;
  batch.put_records = (*next)->rows;
  EXPECT_TRUE(world.store().write(batch));
  return std::move(**next);
}

TEST(Checkpoint, covers_what_changed_and_names_the_one_before) {
  World world;
  const auto first = made(world, sample::noon);
  EXPECT_EQ(first.leaves.size(), 6U);
  EXPECT_FALSE(first.more);
  EXPECT_TRUE(signature_fits(first.checkpoint));
  const auto nothing = make_checkpoint(world.store(), world.keys, sample::tenant, sample::noon);
  EXPECT_FALSE(nothing->has_value());
  world.add(sample::order(2), sample::purchase());
  const auto second = made(world, sample::noon + hours(1));
  ASSERT_EQ(second.leaves.size(), 1U);
  EXPECT_EQ(second.leaves[0].stream.id, 2);
  EXPECT_EQ(second.checkpoint.number, 2);
  EXPECT_EQ(second.checkpoint.previous, hash_of(first.checkpoint));
  const auto stored = stored_checkpoints(world.store(), sample::tenant, 2, 8);
  ASSERT_EQ(stored->size(), 2U);
  EXPECT_EQ(stored->at(1).text, second.checkpoint.text);
  EXPECT_EQ(*stored_leaves(world.store(), sample::tenant, 1), first.leaves);
}

TEST(Checkpoint, takes_many_events_in_bounded_rounds) {
  World world;
  auto round = made(world, sample::noon, 10);
  for (int i = 0; round.more; ++i) {
    ASSERT_LT(i, 10);
    EXPECT_GT(round.checkpoint.count, 0);
    round = made(world, sample::noon, 10);
  }
  EXPECT_EQ(round.checkpoint.upto, world.store().heads(sample::tenant)->event_seq);
}

TEST(Checkpoint, a_changed_line_does_not_fit_its_signature) {
  World world;
  const auto line = encode_checkpoint(made(world, sample::noon).checkpoint);
  auto read = *decode_checkpoint(line);
  EXPECT_TRUE(signature_fits(read));
  read.text.back() = ' ';
  EXPECT_FALSE(signature_fits(read));
  EXPECT_FALSE(decode_checkpoint("{}").has_value());
  EXPECT_FALSE(decode_checkpoint("no json").has_value());
}

TEST(Checkpoint, lines_are_appended_to_a_file) {
  const auto path =
      std::filesystem::temp_directory_path() / ("holdfast-lines-" + std::to_string(::getpid()));
  ASSERT_TRUE(append_line(path.string(), "one"));
  ASSERT_TRUE(append_line(path.string(), "two"));
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, "one\ntwo\n");
  std::filesystem::remove(path);
  EXPECT_EQ(append_line("/nowhere/at/all", "x").error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace holdfast::engine
