#include "daemon/delivery/outgoing_links.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/doors/act_links.h"
#include "db/door_records.h"

namespace omamori {
namespace {

// What a placeholder of a message stands for.
struct Meant {
  enum class Kind { act, attendance, ref } kind = Kind::act;
  std::string about;  // key of an obligation, code of staff, code of a check
};

std::string in_html(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

class Links {
 public:
  Links(const NewMessage& message, Service& service, Instant now)
      : message_(message), service_(service), now_(now) {
    for (const std::int64_t id : message.items) {
      if (const auto item = service.store().item(id)) add(item->reminder);
    }
  }

  const std::vector<std::string>& placeholders() const { return placeholders_; }

  // Nothing: links were given up since the message was composed, or what it stands for is gone.
  std::optional<std::string> fill(const std::string& placeholder) {
    const Meant& meant = meant_.at(placeholder);
    switch (meant.kind) {
      case Meant::Kind::act:
        return link("/a/", meant.about, kActDoor);
      case Meant::Kind::attendance:
        return link("/attendance/", meant.about, kAttendanceDoor);
      case Meant::Kind::ref:
        return provider_ref(meant.about);
    }
    return {};
  }

 private:
  void add(const Reminder& reminder) {
    put(act_placeholder(reminder.obligation), {Meant::Kind::act, reminder.obligation});
    if (reminder.as != Role::provider || !reminder.instead_of.empty()) return;
    const auto stored = service_.store().obligation(reminder.obligation);
    if (!stored || stored->obligation.provider != message_.staff) return;
    put(attendance_placeholder(message_.staff), {Meant::Kind::attendance, message_.staff});
    const std::string& check = stored->obligation.check;
    put(ref_placeholder(check), {Meant::Kind::ref, check});
  }

  void put(const std::string& placeholder, const Meant& meant) {
    if (meant_.try_emplace(placeholder, meant).second) placeholders_.push_back(placeholder);
  }

  std::optional<std::string> link(const char* path, const std::string& subject, const char* door) {
    const std::string& url = service_.config().http.public_url;
    if (!service_.token_key() || url.empty()) return {};
    const auto [token, fresh] = tokens_.try_emplace(path + subject);
    if (fresh) token->second = carried(subject, door);
    return url + path + token->second;
  }

  std::string carried(const std::string& subject, const char* door) {
    DoorRecords& doors = service_.store().doors();
    const int generation = doors.generation(message_.staff);
    const std::string token =
        make_token(*service_.token_key(), message_.staff, subject, door, generation);
    doors.carry({hash_of(token), message_.staff, subject, door, generation, now_});
    return token;
  }

  // The check may be somebody else's by now.
  std::optional<std::string> provider_ref(const std::string& code) {
    const auto check = service_.store().check(code);
    if (!check || check->terms.provider != message_.staff) return {};
    return check->provider_ref.empty() ? std::nullopt : std::optional(check->provider_ref);
  }

  const NewMessage& message_;
  Service& service_;
  Instant now_;
  std::vector<std::string> placeholders_;
  std::map<std::string, Meant> meant_;         // by placeholder
  std::map<std::string, std::string> tokens_;  // by path and subject
};

}  // namespace

void put_links(NewMessage& message, Service& service, Instant now) {
  const bool has_any = has_placeholder(message.text) || has_placeholder(message.html) ||
                       has_placeholder(message.json);
  if (!has_any) return;
  service.store().doors().forget(now - kLinkLives);
  Links links(message, service, now);
  const auto& placeholders = links.placeholders();
  message.text = with_links(message.text, placeholders, [&](const std::string& placeholder) {
    return links.fill(placeholder);
  });
  message.html = with_links(message.html, placeholders, [&](const std::string& placeholder) {
    auto text = links.fill(placeholder);
    if (text) text = in_html(*text);
    return text;
  });
  // JSON stands on one line, which must not go with a link that is none any more.
  message.json = with_links(message.json, placeholders, [&](const std::string& placeholder) {
    return std::optional(links.fill(placeholder).value_or(""));
  });
}

}  // namespace omamori
