// Looks at the files that the doors need: the certificate, its key, the key of all links. What it
// means: daemon/doctor/door_findings.h. By the user this process acts as; nothing of a key is kept.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "config/config.h"
#include "daemon/model/facts.h"

namespace omamori {

struct KeyFile {
  std::filesystem::path place;  // a systemd credential if there is one
  std::string unreadable;       // why; "" = it can be read
  bool open_to_all = false;     // anybody on this machine may read it
};

struct DoorFiles {
  std::optional<KeyFile> tls_key;    // nothing: none configured
  std::optional<KeyFile> token_key;  // nothing: no links and no codes are made
  std::string certificate_problem;   // "" = it can be read
  std::optional<Instant> certificate_ends;
};
// `reads_replies`: the codes of replies are made with the key of links, also where there are none.
DoorFiles look_at_door_files(const HttpConfig& http, bool reads_replies = false);

}  // namespace omamori
