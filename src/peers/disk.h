#pragma once
// Disk: a machine's disk in memory, behind SQLite's own interface for file systems (sqlite3_vfs),
// shared memory included, so that a store works on it in the mode it is served in. It may die after
// any operation and keep what a real one would; it must never read chance, a clock or a real file.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace holdfast::peers {

/// What an end takes away from a disk.
enum class Loss {
  Process,  // nothing that was written; of the operation under way a part may be done
  Power,    // of what was not synced yet, any pages; of names not synced yet, any
  Torn,     // the same with sectors of 512 bytes, which may hold a part of what was written
};

/// Whether writing works.
enum class Health { Sound, Full, Broken };

class Disk {
 public:
  /// Files by name, as they lie on a disk that nobody writes to.
  using Image = std::map<std::string, std::string>;

  /// A disk with these files, registered with SQLite under a name of its own.
  explicit Disk(Image files = {});
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  /// What SQLite knows it by (sqlite3_open_v2, last argument).
  const std::string& name() const { return name_; }

  /// Operations that changed or synced a file or a name, since the beginning.
  std::int64_t operations() const;

  enum class Moment { Before, After };
  /// Called around each such operation with its number, 1 for the first. It may ask for images,
  /// freeze the disk, and even fork the process.
  void watch(std::function<void(Moment, std::int64_t)> watcher);

  /// What a new start would find if the machine ended now. Equal seeds give equal images; seed 0
  /// loses everything that can be lost, seed 1 nothing but the operation under way.
  Image after(Loss loss, std::uint64_t seed) const;

  /// Nothing reaches the disk any more: all that is open fails until crash() was called and it is
  /// opened anew.
  void freeze();
  bool frozen() const;

  /// Ends the machine and starts it again: the files are after(loss, seed), and what was open
  /// before is of no use.
  void crash(Loss loss, std::uint64_t seed);

  /// Full or broken disks refuse to grow or to write; what is there can be read.
  void become(Health health);

  /// Openings of a database that wrote to it or to its log, since the last crash.
  std::int64_t writers() const;
  /// How often one of them did so while another was open: 0 as long as the store keeps its rule of
  /// one writing connection (checkpoints are writes, too).
  std::int64_t second_writers() const;

  struct Inside;

 private:
  std::string name_;
  std::unique_ptr<Inside> inside_;
};

}  // namespace holdfast::peers
