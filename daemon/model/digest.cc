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
  }
  return "";
}

}  // namespace omamori
