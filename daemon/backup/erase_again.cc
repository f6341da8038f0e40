#include "daemon/backup/erase_again.h"

#include <algorithm>

#include "db/erasures.h"

namespace omamori {

std::variant<ErasedList, std::string> erased_of(const std::string& identity,
                                                const std::filesystem::path& database,
                                                const std::filesystem::path& copy) {
  ErasedList all{identity, {}};
  for (const auto& file : {erased_list_beside(database), erased_list_in(copy.parent_path())}) {
    const auto read = read_erased_list(file);
    if (const auto* why = std::get_if<std::string>(&read)) return *why;
    const auto& list = std::get<ErasedList>(read);
    if (list.identity != identity) continue;
    for (const ErasedClient& one : list.erased) {
      if (std::find(all.erased.begin(), all.erased.end(), one) == all.erased.end()) {
        all.erased.push_back(one);
      }
    }
  }
  return all;
}

int erase_again(Store& copy, const ErasedList& list, const Act& act) {
  int erased = 0;
  for (const ErasedClient& one : list.erased) {
    if (copy.erasures().knows(one.client, one.at)) continue;
    Act then = act;
    then.now = std::max(act.now, one.at);  // whatever this machine's clock says
    copy.erasures().begin(one.client, "", then);
    ++erased;
  }
  copy.erasures().finish_all(act);
  return erased;
}

}  // namespace omamori
