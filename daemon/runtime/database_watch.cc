#include "daemon/runtime/database_watch.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <utility>

#include "daemon/model/calendar.h"
#include "daemon/runtime/log.h"

namespace omamori {
namespace {

using Name = FileFate::Name;

std::string what_became_of(const FileFate& file, const std::string& path) {
  switch (file.name) {
    case Name::leads_nowhere:
      return "the database " + path + (file.has_a_name ? " was moved away" : " was deleted") +
             " while it is in use";
    case Name::leads_to_another:
      return file.has_a_name
                 ? "the database " + path + " was moved away and another file lies in its place"
                 : "another file has taken the place of the database " + path;
    case Name::unseen:
      return "the database " + path + " cannot be looked at (" + file.why + ")";
    case Name::leads_here:
      break;
  }
  return "the write-ahead log of the database " + path + " was taken away while it is in use";
}

// Beside the database: "omamori.db.saved-20270105T033000Z".
std::filesystem::path place_to_save(const std::filesystem::path& database, Instant now) {
  std::string stamp = to_string(now);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  std::filesystem::path place = database;
  return place += ".saved-" + stamp;
}

}  // namespace

const std::string& DatabaseWatch::look() {
  const Store& store = service_.store();
  const FileFate file = store.file_fate();
  const std::string before = std::exchange(lost_, "");
  if (file.well() && store.log_fate().well()) {
    if (!before.empty()) log_info("the database is there again: going on");
    log_is_empty_ = false;
    saved_as_.clear();
    return lost_;
  }
  secure(file);
  lost_ = what_became_of(file, store.path().string()) + ": nothing is decided, sent or recorded. " +
          to_do(file);
  if (lost_ != before) log_error(lost_);
  return lost_;
}

// Tried again at the next look if it fails: the disk may be full, the directory gone.
void DatabaseWatch::secure(const FileFate& file) {
  not_saved_.clear();
  try {
    if (!log_is_empty_) service_.store().empty_log();
    log_is_empty_ = true;
    service_.store().write_known();  // so that an older file is seen to be older
    if (file.has_a_name || !saved_as_.empty()) return;
    const auto place = place_to_save(service_.store().path(), service_.now());
    service_.store().backup(place);
    saved_as_ = place.string();
  } catch (const std::exception& error) {
    not_saved_ = error.what();
  }
}

std::string DatabaseWatch::to_do(const FileFate& file) const {
  if (!not_saved_.empty()) {
    return "What is in it could not be saved (" + not_saved_ +
           "), which is tried again: see to that first, and do not stop omamorid before";
  }
  const std::string restart =
      file.name == Name::leads_to_another ? "; if the other file is meant, restart omamorid" : "";
  if (!file.has_a_name) {
    return "All of it was saved as " + saved_as_ + ": stop omamorid, move that to " +
           service_.store().path().string() + ", start omamorid" + restart;
  }
  if (file.name == Name::leads_here) return "All of it is in the file itself: restart omamorid";
  if (file.name == Name::unseen) return "Give the directory back its rights, and it goes on";
  return "Move it back, and it goes on" + restart;
}

std::optional<Instant> DatabaseWatch::keep_known() {
  const auto again = service_.store().keep_known(service_.now());
  const std::string& problem = service_.store().known_problem();
  if (problem != known_problem_ && !problem.empty()) log_warning(problem);
  known_problem_ = problem;
  return again;
}

}  // namespace omamori
