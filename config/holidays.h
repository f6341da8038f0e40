// Reads jp-holidays.csv: the public holidays on which nobody is in the office (国民の祝日).
//
// Lines of `date,name`, the first line being just that; ISO dates, ascending not required. The file
// comes with the program and is replaced by the operator when the Cabinet Office publishes another
// year. Names are for people who look into it and are not read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/parsed.h"
#include "daemon/model/facts.h"

namespace omamori {

// Ascending; a day twice is an error, and so is a file without any. Pure.
Parsed<std::vector<Day>> parse_holidays(std::string_view text, const std::string& file_name);

// Reads the file (blocking, disk only) and parses it.
Parsed<std::vector<Day>> load_holidays(const std::filesystem::path& path);

}  // namespace omamori
