// restore: puts a copy in the place of the database (daemon/backup/restore.h) and says what that
// means for people. By omamorictl itself, while nobody has the database.
#pragma once

#include "daemon/cli/command_line.h"

namespace omamori {

// The exit code. With --release the owner of the database is asked.
int restore_command(CommandLine& line);

}  // namespace omamori
