#include "daemon/answer/visit_words.h"

namespace omamori {

std::string_view json_word(VisitVerdict::Kind kind) {
  switch (kind) {
    case VisitVerdict::Kind::closes:
      return "closes";
    case VisitVerdict::Kind::closes_late:
      return "closes_late";
    case VisitVerdict::Kind::extra:
      return "extra";
  }
  return "";
}

std::string_view json_word(VisitVerdict::Why why) {
  switch (why) {
    case VisitVerdict::Why::none:
      return "";
    case VisitVerdict::Why::already_done:
      return "already_done";
    case VisitVerdict::Why::not_required:
      return "not_required";
    case VisitVerdict::Why::nothing_before:
      return "nothing_before";
    case VisitVerdict::Why::before_all:
      return "before_all";
  }
  return "";
}

}  // namespace omamori
