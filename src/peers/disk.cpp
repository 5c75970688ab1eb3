#include "peers/disk.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "base/check.h"

namespace holdfast::peers {
namespace {

constexpr std::int64_t page_bytes = 4096;
constexpr std::int64_t sector_bytes = 512;
constexpr int shared_memory_slots = 8;  // SQLITE_SHM_NLOCK
constexpr int slot_of_writing = 0;      // WAL_WRITE_LOCK of SQLite's WAL format, section 2.3
constexpr int slot_of_moving = 1;       // WAL_CKPT_LOCK there
constexpr std::int64_t some_day_in_julian_ms = 212'648'544'000'000;

/// Chance that repeats (the mixing function of SplitMix64, public domain).
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool in_hundred(std::uint64_t percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

/// One thing done to a file: bytes written at a place, or its length cut to `at`.
struct Change {
  bool cut = false;
  std::int64_t at = 0;
  std::string bytes;
};

void write_at(std::string& content, std::int64_t at, std::string_view bytes) {
  const auto from = static_cast<std::size_t>(at);
  if (content.size() < from + bytes.size()) content.resize(from + bytes.size());
  content.replace(from, bytes.size(), bytes);
}

void carry_out(std::string& content, const Change& change) {
  if (change.cut)
    content.resize(static_cast<std::size_t>(change.at));
  else
    write_at(content, change.at, change.bytes);
}

struct Opening;

/// Locks of a database file (SQLite's file locking, five states).
struct Locks {
  std::set<const Opening*> shared;
  const Opening* reserved = nullptr;
  const Opening* pending = nullptr;
  const Opening* exclusive = nullptr;
};

struct Slot {
  std::set<const Opening*> shared;
  const Opening* exclusive = nullptr;
};

struct File {
  std::string now;
  std::string durable;
  std::vector<Change> unsynced;
  Locks locks;
  std::vector<std::unique_ptr<std::string>> regions;  // shared memory, gone with the machine
  std::array<Slot, shared_memory_slots> slots;
  std::set<const Opening*> mapped;

  void sync() {
    for (const auto& change : unsynced) carry_out(durable, change);
    unsynced.clear();
  }
};

using FilePtr = std::shared_ptr<File>;
using Names = std::map<std::string, FilePtr>;

enum class Kind { Write, Cut, Sync, Create, Remove };

/// An operation under way.
struct Pending {
  Kind kind{};
  FilePtr file;
  std::string name;
  Change change;
  bool with_folder = false;
};

}  // namespace

struct Disk::Inside {
  mutable std::mutex mutex;
  sqlite3_vfs vfs{};
  Names names;
  Names durable_names;
  std::optional<Pending> pending;
  std::function<void(Moment, std::int64_t)> watcher;
  std::int64_t operations = 0;
  std::int64_t life = 1;  // rises when the machine ends: what was opened before is dead
  bool frozen = false;
  Health health = Health::Sound;
  Draws chance{7};
  std::int64_t openings = 0;
  std::map<std::int64_t, bool> wrote;  // openings that wrote: whether still open
  std::int64_t second_writers = 0;

  int run(const Opening* opening, const Pending& operation);
  int refusal(const Pending& operation) const;
  void perform(const Pending& operation);
  void note_writer(const Opening& opening, const Pending& operation);
};

namespace {

struct Opening {
  Disk::Inside* disk = nullptr;
  FilePtr file;
  FilePtr database;  // the file whose log this is; the file itself otherwise
  std::string name;
  std::int64_t id = 0;
  std::int64_t life = 0;
  int flags = 0;
  int level = SQLITE_LOCK_NONE;
  bool folder_synced = false;
  bool counted = true;  // false for scratch files

  bool dead() const { return disk->frozen || life != disk->life; }
};

}  // namespace

/// What SQLite allocates for an open file.
struct DiskFile {
  sqlite3_file base;
  Opening* opening;
};

namespace {

Opening& opening_of(sqlite3_file* file) { return *reinterpret_cast<DiskFile*>(file)->opening; }

Disk::Inside& inside_of(sqlite3_vfs* vfs) { return *static_cast<Disk::Inside*>(vfs->pAppData); }

int code_of(Kind kind) {
  switch (kind) {
    case Kind::Write:
      return SQLITE_IOERR_WRITE;
    case Kind::Cut:
      return SQLITE_IOERR_TRUNCATE;
    case Kind::Sync:
      return SQLITE_IOERR_FSYNC;
    case Kind::Create:
      return SQLITE_CANTOPEN;
    case Kind::Remove:
      return SQLITE_IOERR_DELETE;
  }
  return SQLITE_IOERR;
}

}  // namespace

/// Why an operation cannot be done; SQLITE_OK when it can.
int Disk::Inside::refusal(const Pending& operation) const {
  if (frozen || health == Health::Broken) return code_of(operation.kind);
  const auto& change = operation.change;
  const bool grows = operation.kind == Kind::Write &&
                     change.at + std::ssize(change.bytes) > std::ssize(operation.file->now);
  return health == Health::Full && grows ? SQLITE_FULL : SQLITE_OK;
}

void Disk::Inside::perform(const Pending& operation) {
  switch (operation.kind) {
    case Kind::Write:
    case Kind::Cut:
      carry_out(operation.file->now, operation.change);
      operation.file->unsynced.push_back(operation.change);
      break;
    case Kind::Sync:
      operation.file->sync();
      break;
    case Kind::Create:
      names[operation.name] = operation.file;
      break;
    case Kind::Remove:
      names.erase(operation.name);
      break;
  }
  if (operation.with_folder) durable_names = names;
}

/// Whoever holds the lock of writing, of moving the log or of the whole file is the writer.
void Disk::Inside::note_writer(const Opening& opening, const Pending& operation) {
  if (operation.kind != Kind::Write && operation.kind != Kind::Cut) return;
  const auto& file = *opening.database;
  const auto* who =
      opening.file == opening.database ? &opening : file.slots[slot_of_writing].exclusive;
  if (who == nullptr) who = file.slots[slot_of_moving].exclusive;
  if (who == nullptr)
    who = file.locks.exclusive != nullptr ? file.locks.exclusive : file.locks.reserved;
  const auto id = who == nullptr ? -1 : who->id;
  for (const auto& [other, open] : wrote) {
    if (open && other != id) ++second_writers;
  }
  wrote[id] = true;
}

/// One counted operation with the watcher around it.
int Disk::Inside::run(const Opening* opening, const Pending& operation) {
  std::function<void(Moment, std::int64_t)> tell;
  std::int64_t number = 0;
  {
    const std::lock_guard lock(mutex);
    if (opening != nullptr && opening->dead()) return code_of(operation.kind);
    if (const int code = refusal(operation); code != SQLITE_OK) return code;
    number = ++operations;
    pending = operation;
    tell = watcher;
  }
  if (tell) tell(Moment::Before, number);
  {
    const std::lock_guard lock(mutex);
    pending.reset();
    if (opening != nullptr && opening->dead()) return code_of(operation.kind);
    if (frozen) return code_of(operation.kind);
    if (opening != nullptr) note_writer(*opening, operation);
    perform(operation);
  }
  if (tell) tell(Moment::After, number);
  return SQLITE_OK;
}

namespace {

// ---- methods of an open file
// ---------------------------------------------------------------------

void unlock_to(Opening& opening, int level) {
  auto& locks = opening.file->locks;
  const auto let_go = [&](const Opening*& holder) {
    if (holder == &opening) holder = nullptr;
  };
  if (level <= SQLITE_LOCK_SHARED) {
    let_go(locks.reserved);
    let_go(locks.pending);
    let_go(locks.exclusive);
  }
  if (level == SQLITE_LOCK_NONE) locks.shared.erase(&opening);
  opening.level = level;
}

void forget_memory(Opening& opening) {
  auto& file = *opening.file;
  for (auto& slot : file.slots) {
    slot.shared.erase(&opening);
    if (slot.exclusive == &opening) slot.exclusive = nullptr;
  }
  file.mapped.erase(&opening);
  if (file.mapped.empty()) file.regions.clear();
}

int close_file(sqlite3_file* file) {
  auto& held = *reinterpret_cast<DiskFile*>(file);
  std::unique_ptr<Opening> opening(held.opening);
  held.opening = nullptr;
  auto& disk = *opening->disk;
  const std::lock_guard lock(disk.mutex);
  unlock_to(*opening, SQLITE_LOCK_NONE);
  forget_memory(*opening);
  if (const auto at = disk.wrote.find(opening->id); at != disk.wrote.end()) at->second = false;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int amount, sqlite3_int64 from) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  if (opening.dead()) return SQLITE_IOERR_READ;
  const auto& content = opening.file->now;
  const auto wanted = static_cast<std::size_t>(amount);
  const auto start = std::min(static_cast<std::size_t>(from), content.size());
  const auto there = std::min(wanted, content.size() - start);
  std::memcpy(into, content.data() + start, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(into) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int change_file(Opening& opening, Kind kind, Change change) {
  if (!opening.counted) {
    carry_out(opening.file->now, change);
    return SQLITE_OK;
  }
  return opening.disk->run(&opening, {kind, opening.file, opening.name, std::move(change), false});
}

int write_file(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 at) {
  const std::string_view written(static_cast<const char*>(bytes), static_cast<std::size_t>(amount));
  return change_file(opening_of(file), Kind::Write, {false, at, std::string(written)});
}

int cut_file(sqlite3_file* file, sqlite3_int64 size) {
  return change_file(opening_of(file), Kind::Cut, {true, size, {}});
}

/// A log or journal syncs its folder with its first sync, as it does on a machine's disk.
int sync_file(sqlite3_file* file, int) {
  auto& opening = opening_of(file);
  if (!opening.counted) return SQLITE_OK;
  const bool with_folder = !opening.folder_synced && (opening.flags & SQLITE_OPEN_MAIN_DB) == 0;
  opening.folder_synced = true;
  return opening.disk->run(&opening, {Kind::Sync, opening.file, opening.name, {}, with_folder});
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  if (opening.dead()) return SQLITE_IOERR_FSTAT;
  *size = std::ssize(opening.file->now);
  return SQLITE_OK;
}

bool other(const Opening* holder, const Opening& opening) {
  return holder != nullptr && holder != &opening;
}

int lock_file(sqlite3_file* file, int level) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  if (opening.dead()) return SQLITE_IOERR_LOCK;
  if (level <= opening.level) return SQLITE_OK;
  auto& locks = opening.file->locks;
  if (other(locks.exclusive, opening) || other(locks.pending, opening)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_SHARED) {
    locks.shared.insert(&opening);
    opening.level = level;
    return SQLITE_OK;
  }
  if (other(locks.reserved, opening)) return SQLITE_BUSY;
  locks.reserved = &opening;
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    locks.pending = &opening;
    opening.level = SQLITE_LOCK_PENDING;
    const bool others = std::ranges::any_of(
        locks.shared, [&](const Opening* holder) { return other(holder, opening); });
    if (others) return SQLITE_BUSY;
    locks.exclusive = &opening;
  }
  opening.level = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  if (level < opening.level) unlock_to(opening, level);
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* file, int* out) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  *out = opening.file->locks.reserved != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return page_bytes; }
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_SUBPAGE_READ;
}

// ---- shared memory
// -------------------------------------------------------------------------------

int map_memory(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  *out = nullptr;
  if (opening.dead()) return SQLITE_IOERR_SHMMAP;
  opening.file->mapped.insert(&opening);
  auto& regions = opening.file->regions;
  const auto index = static_cast<std::size_t>(region);
  if (index >= regions.size() && extend == 0) return SQLITE_OK;
  while (regions.size() <= index) {
    regions.push_back(std::make_unique<std::string>(static_cast<std::size_t>(size), '\0'));
  }
  *out = regions[index]->data();
  return SQLITE_OK;
}

int lock_slot(Slot& slot, const Opening& opening, int flags) {
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    slot.shared.erase(&opening);
    if (slot.exclusive == &opening) slot.exclusive = nullptr;
    return SQLITE_OK;
  }
  if (other(slot.exclusive, opening)) return SQLITE_BUSY;
  if ((flags & SQLITE_SHM_SHARED) != 0) {
    slot.shared.insert(&opening);
    return SQLITE_OK;
  }
  const bool others = std::ranges::any_of(
      slot.shared, [&](const Opening* holder) { return other(holder, opening); });
  if (others) return SQLITE_BUSY;
  slot.exclusive = &opening;
  return SQLITE_OK;
}

int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  if (opening.dead()) return SQLITE_IOERR_SHMLOCK;
  auto& slots = opening.file->slots;
  const auto before = slots;
  for (int i = offset; i < offset + count; ++i) {
    const int code = lock_slot(slots[static_cast<std::size_t>(i)], opening, flags);
    if (code == SQLITE_OK) continue;
    slots = before;
    return code;
  }
  return SQLITE_OK;
}

void memory_barrier(sqlite3_file*) { std::atomic_thread_fence(std::memory_order_seq_cst); }

int unmap_memory(sqlite3_file* file, int) {
  auto& opening = opening_of(file);
  const std::lock_guard lock(opening.disk->mutex);
  forget_memory(opening);
  return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{2,
                                     close_file,
                                     read_file,
                                     write_file,
                                     cut_file,
                                     sync_file,
                                     size_of_file,
                                     lock_file,
                                     unlock_file,
                                     is_reserved,
                                     control_file,
                                     sector_size,
                                     characteristics,
                                     map_memory,
                                     lock_memory,
                                     memory_barrier,
                                     unmap_memory,
                                     nullptr,
                                     nullptr};

// ---- methods of the file system
// ------------------------------------------------------------------

FilePtr named(const Names& names, const std::string& name) {
  const auto at = names.find(name);
  return at == names.end() ? nullptr : at->second;
}

/// The database that a log belongs to; the file itself when it is none.
FilePtr database_of(const Names& names, const std::string& name, const FilePtr& file) {
  const auto dash = name.rfind('-');
  const auto found = dash == std::string::npos ? nullptr : named(names, name.substr(0, dash));
  return found ? found : file;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* given) {
  auto& disk = inside_of(vfs);
  file->pMethods = nullptr;
  auto opening = std::make_unique<Opening>();
  opening->disk = &disk;
  opening->flags = flags;
  opening->counted = path != nullptr;
  opening->name = path != nullptr ? path : "";
  {
    const std::lock_guard lock(disk.mutex);
    if (disk.frozen) return SQLITE_CANTOPEN;
    opening->life = disk.life;
    opening->id = ++disk.openings;
    opening->file = opening->counted ? named(disk.names, opening->name) : std::make_shared<File>();
  }
  if (!opening->file) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    opening->file = std::make_shared<File>();
    const int code = disk.run(nullptr, {Kind::Create, opening->file, opening->name, {}, false});
    if (code != SQLITE_OK) return code;
  }
  {
    const std::lock_guard lock(disk.mutex);
    opening->database = (flags & SQLITE_OPEN_MAIN_DB) != 0
                            ? opening->file
                            : database_of(disk.names, opening->name, opening->file);
  }
  if (given != nullptr) *given = flags;
  reinterpret_cast<DiskFile*>(file)->opening = opening.release();
  file->pMethods = &methods;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  auto& disk = inside_of(vfs);
  FilePtr file;
  {
    const std::lock_guard lock(disk.mutex);
    file = named(disk.names, path);
  }
  if (!file) return SQLITE_IOERR_DELETE_NOENT;
  return disk.run(nullptr, {Kind::Remove, file, path, {}, sync_folder != 0});
}

int look_for_file(sqlite3_vfs* vfs, const char* path, int, int* out) {
  auto& disk = inside_of(vfs);
  const std::lock_guard lock(disk.mutex);
  const auto file = named(disk.names, path);
  // As on a machine's disk: an empty journal is none.
  *out = file && !file->now.empty() ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  return std::snprintf(out, static_cast<std::size_t>(size), "%s", path) < size ? SQLITE_OK
                                                                               : SQLITE_CANTOPEN;
}

int draw_bytes(sqlite3_vfs* vfs, int size, char* out) {
  auto& disk = inside_of(vfs);
  const std::lock_guard lock(disk.mutex);
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk.chance.next());
  return size;
}

int sleep_for(sqlite3_vfs*, int microseconds) { return microseconds; }

int time_in_ms(sqlite3_vfs*, sqlite3_int64* now) {
  *now = some_day_in_julian_ms;
  return SQLITE_OK;
}

int time_in_days(sqlite3_vfs*, double* now) {
  *now = static_cast<double>(some_day_in_julian_ms) / 86'400'000.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

// ---- what is left
// --------------------------------------------------------------------------------

/// How likely a piece that was not synced survives, in a hundred.
std::uint64_t survival(std::uint64_t seed, Draws& draws) {
  constexpr std::array<std::uint64_t, 4> percents{25, 50, 75, 90};
  if (seed < 2) return seed * 100;
  return percents[draws.below(percents.size())];
}

/// Lets a written piece survive in parts: whole pages, or sectors that may be torn.
void keep_some(std::string& content, const Change& change, Loss loss, std::uint64_t percent,
               Draws& draws) {
  const auto unit = loss == Loss::Torn ? sector_bytes : page_bytes;
  const auto end = change.at + std::ssize(change.bytes);
  for (auto at = change.at; at < end;) {
    const auto next = std::min(end, (at / unit + 1) * unit);
    auto piece =
        std::string_view(change.bytes)
            .substr(static_cast<std::size_t>(at - change.at), static_cast<std::size_t>(next - at));
    auto place = at;
    at = next;
    if (!draws.in_hundred(percent)) continue;
    if (loss == Loss::Torn && percent < 100 && draws.in_hundred(30)) {
      const auto part = draws.below(piece.size() + 1);
      const bool front = draws.in_hundred(50);
      if (!front) place += static_cast<std::int64_t>(part);
      piece = front ? piece.substr(0, part) : piece.substr(part);
    }
    if (!piece.empty()) write_at(content, place, piece);
  }
}

std::string survivor(const File& file, const std::optional<Pending>& pending, Loss loss,
                     std::uint64_t percent, Draws& draws) {
  auto content = file.durable;
  const auto take = [&](const Change& change, std::uint64_t chance) {
    if (!change.cut)
      keep_some(content, change, loss, chance, draws);
    else if (draws.in_hundred(chance))
      carry_out(content, change);
  };
  for (const auto& change : file.unsynced) take(change, percent);
  const bool here = pending && pending->file.get() == &file &&
                    (pending->kind == Kind::Write || pending->kind == Kind::Cut);
  if (here && percent < 100) take(pending->change, percent);
  return content;
}

/// Which file a name leads to when names were not synced.
FilePtr surviving_name(const FilePtr& durable, const FilePtr& now, std::uint64_t percent,
                       Draws& draws) {
  return durable == now || !draws.in_hundred(percent) ? durable : now;
}

}  // namespace

Disk::Image Disk::after(Loss loss, std::uint64_t seed) const {
  const std::lock_guard lock(inside_->mutex);
  const auto& pending = inside_->pending;
  Draws draws(seed ^ (static_cast<std::uint64_t>(inside_->operations) << 8U) ^
              (static_cast<std::uint64_t>(loss) << 60U));
  const auto percent = survival(seed, draws);
  auto names = inside_->names;
  // A name's change that is under way may have happened.
  const bool renames = pending && (pending->kind == Kind::Create || pending->kind == Kind::Remove);
  if (renames && seed > 1 && draws.in_hundred(50)) {
    if (pending->kind == Kind::Create)
      names[pending->name] = pending->file;
    else
      names.erase(pending->name);
  }
  Image image;
  if (loss == Loss::Process) {
    for (const auto& [name, file] : names) {
      auto& content = image[name] = file->now;
      if (!pending || pending->file != file || seed < 2) continue;
      if (pending->kind == Kind::Cut && draws.in_hundred(50)) carry_out(content, pending->change);
      if (pending->kind != Kind::Write) continue;
      const auto part = draws.below(pending->change.bytes.size() + 1);
      write_at(content, pending->change.at,
               std::string_view(pending->change.bytes).substr(0, part));
    }
    return image;
  }
  auto all = inside_->durable_names;
  all.insert(names.begin(), names.end());
  for (const auto& [name, ignored] : all) {
    const auto file =
        surviving_name(named(inside_->durable_names, name), named(names, name), percent, draws);
    if (file) image[name] = survivor(*file, pending, loss, percent, draws);
  }
  return image;
}

Disk::Disk(Image files) : inside_(std::make_unique<Inside>()) {
  static std::atomic<std::int64_t> count = 0;
  name_ = "holdfast-disk-" + std::to_string(++count);
  for (auto& [name, bytes] : files) {
    auto file = std::make_shared<File>();
    file->now = file->durable = std::move(bytes);
    inside_->names[name] = std::move(file);
  }
  inside_->durable_names = inside_->names;
  auto& vfs = inside_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(DiskFile);
  vfs.mxPathname = 512;
  vfs.zName = name_.c_str();
  vfs.pAppData = inside_.get();
  vfs.xOpen = open_file;
  vfs.xDelete = remove_file;
  vfs.xAccess = look_for_file;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = draw_bytes;
  vfs.xSleep = sleep_for;
  vfs.xCurrentTime = time_in_days;
  vfs.xCurrentTimeInt64 = time_in_ms;
  vfs.xGetLastError = last_error;
  check(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK, "SQLite takes a file system");
}

Disk::~Disk() { sqlite3_vfs_unregister(&inside_->vfs); }

std::int64_t Disk::operations() const {
  const std::lock_guard lock(inside_->mutex);
  return inside_->operations;
}

void Disk::watch(std::function<void(Moment, std::int64_t)> watcher) {
  const std::lock_guard lock(inside_->mutex);
  inside_->watcher = std::move(watcher);
}

void Disk::freeze() {
  const std::lock_guard lock(inside_->mutex);
  inside_->frozen = true;
}

bool Disk::frozen() const {
  const std::lock_guard lock(inside_->mutex);
  return inside_->frozen;
}

void Disk::crash(Loss loss, std::uint64_t seed) {
  auto image = after(loss, seed);
  const std::lock_guard lock(inside_->mutex);
  inside_->names.clear();
  for (auto& [name, bytes] : image) {
    auto file = std::make_shared<File>();
    file->now = file->durable = std::move(bytes);
    inside_->names[name] = std::move(file);
  }
  inside_->durable_names = inside_->names;
  inside_->pending.reset();
  inside_->wrote.clear();
  ++inside_->life;
  inside_->frozen = false;
}

void Disk::become(Health health) {
  const std::lock_guard lock(inside_->mutex);
  inside_->health = health;
}

std::int64_t Disk::writers() const {
  const std::lock_guard lock(inside_->mutex);
  return std::ssize(inside_->wrote);
}

std::int64_t Disk::second_writers() const {
  const std::lock_guard lock(inside_->mutex);
  return inside_->second_writers;
}

}  // namespace holdfast::peers
