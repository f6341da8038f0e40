#include "daemon/model/digest.h"

namespace omamori {

std::string_view to_word(MessageKind kind) {
  switch (kind) {
    case MessageKind::digest:
      return "digest";
    case MessageKind::urgent:
      return "urgent";
    case MessageKind::trouble:
      return "trouble";
    case MessageKind::weekly:
      return "weekly";
    case MessageKind::test:
      return "test";
    case MessageKind::answer:
      return "answer";
  }
  return "";
}

std::string called(const StaffNames& names, const std::string& code) {
  if (!names) return code;
  const auto known = names->find(code);
  return known == names->end() || known->second.empty() ? code : code + " " + known->second;
}

}  // namespace omamori
