#include "notifiers/mail_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "daemon/model/mail_address.h"
#include "notifiers/base64.h"

namespace omamori {
namespace {

constexpr std::size_t kLineLength = 76;
constexpr std::string_view kWordOpen = "=?UTF-8?B?";
constexpr std::string_view kWordClose = "?=";
// A line starts with a space and holds one encoded-word of at most 75 bytes; 4 base64 bytes
// carry 3.
constexpr std::size_t kBytesPerWord = (75 - kWordOpen.size() - kWordClose.size()) / 4 * 3;
// Cannot occur in base64.
constexpr std::string_view kBoundary = "=_omamori_alternative";

std::string base64_lines(std::string_view bytes) {
  const std::string all = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += kLineLength) {
    out += all.substr(at, kLineLength) + "\r\n";
  }
  return out;
}

bool is_printable_ascii(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Length of `text`'s prefix of at most `most` bytes that ends between characters.
std::size_t whole_characters(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t length = most;
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return length > 0 ? length : most;  // not UTF-8: anywhere is as good
}

// Mail knows CRLF only; "\r\n" and "\n" both become it.
std::string crlf(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

bool has_control(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

std::string part(std::string_view type, std::string_view content) {
  return "Content-Type: " + std::string(type) +
         "; charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n" +
         base64_lines(crlf(content));
}

std::string body(const Message& message) {
  if (message.html.empty()) return part("text/plain", message.text);
  const std::string boundary(kBoundary);
  return "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n" +  //
         "--" + boundary + "\r\n" + part("text/plain", message.text) +                   //
         "--" + boundary + "\r\n" + part("text/html", message.html) +                    //
         "--" + boundary + "--\r\n";
}

// What may stand before an address: as it is, quoted, or as encoded-words, which end their line.
std::string display_name(std::string_view name) {
  constexpr std::string_view kSpecials = "()<>[]:;@\\,.\"";
  if (!is_printable_ascii(name) || name.find("=?") != std::string_view::npos) {
    return encoded_header(name, std::string_view("From: ").size()) + "\r\n ";
  }
  if (name.find_first_of(kSpecials) == std::string_view::npos) return std::string(name) + " ";
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\" ";
}

std::string from_header(const Envelope& envelope) {
  const std::string name = envelope.from_name.empty() ? "" : display_name(envelope.from_name);
  return "From: " + name + "<" + quoted_where_needed(envelope.from) + ">\r\n";
}

// Whether it answers somebody: programs that answer by themselves leave it alone (RFC 3834).
std::string answered(const Message& message) {
  if (message.in_reply_to.empty()) return "Auto-Submitted: auto-generated\r\n";
  const std::string id = "<" + message.in_reply_to + ">";
  return "In-Reply-To: " + id + "\r\nReferences: " + id + "\r\nAuto-Submitted: auto-replied\r\n";
}

}  // namespace

bool is_message_id(std::string_view id) {
  constexpr std::string_view kOthers = "-_.";
  const auto fine = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != std::string_view::npos;
  };
  return !id.empty() && id.size() <= 200 && std::all_of(id.begin(), id.end(), fine) &&
         id.front() != '.' && id.back() != '.' && id.find("..") == std::string_view::npos;
}

std::string encoded_header(std::string_view value, std::size_t name_length) {
  const bool as_it_is = is_printable_ascii(value) && value.find("=?") == std::string_view::npos &&
                        !value.starts_with(' ') && !value.ends_with(' ');
  if (as_it_is && name_length + value.size() <= kLineLength) return std::string(value);
  std::string out;
  // The first line has the header's name in front, where the others have one space.
  std::size_t room = kBytesPerWord - std::min((name_length + 2) / 4 * 3, kBytesPerWord - 6);
  while (!value.empty()) {
    const std::size_t length = whole_characters(value, room);
    if (!out.empty()) out += "\r\n ";
    out.append(kWordOpen).append(base64(value.substr(0, length))).append(kWordClose);
    value.remove_prefix(length);
    room = kBytesPerWord;
  }
  return out;
}

std::string date_header(Instant date, std::chrono::seconds utc_offset) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = date + utc_offset;
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss time(local - midnight);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(utc_offset).count();
  const auto away = minutes < 0 ? -minutes : minutes;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d %c%02d%02d",
                kDays.at(std::chrono::weekday(midnight).c_encoding()),
                static_cast<unsigned>(day.day()),
                kMonths.at(static_cast<unsigned>(day.month()) - 1), static_cast<int>(day.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()), minutes < 0 ? '-' : '+',
                static_cast<int>(away / 60), static_cast<int>(away % 60));
  return text.data();
}

std::variant<MailText, BadMail> mail_text(const Message& message, const Envelope& envelope) {
  if (const auto problem = address_problem(envelope.from)) return BadMail{"from: " + *problem};
  if (const auto problem = address_problem(envelope.to)) return BadMail{"to: " + *problem};
  if (has_control(envelope.from_name)) {
    return BadMail{"the sender's name holds a line end or another control character"};
  }
  if (!message.reply_to.empty()) {
    if (const auto problem = address_problem(message.reply_to)) {
      return BadMail{"reply-to: " + *problem};
    }
  }
  constexpr std::size_t kLongestLine = 900;  // RFC 5322 allows 998 bytes
  if (has_control(message.in_reply_to) || message.in_reply_to.size() > kLongestLine) {
    return BadMail{"the mail that is answered has a Message-ID that cannot be named"};
  }
  if (!is_message_id(message.id)) return BadMail{"the message id cannot stand in a Message-ID"};
  if (has_control(message.subject)) {
    return BadMail{"the subject holds a line end or another control character"};
  }
  std::string bytes;
  bytes += "Date: " + date_header(envelope.date, envelope.utc_offset) + "\r\n";
  bytes += from_header(envelope);
  bytes += "To: <" + quoted_where_needed(envelope.to) + ">\r\n";
  if (!message.reply_to.empty()) {
    bytes += "Reply-To: <" + quoted_where_needed(message.reply_to) + ">\r\n";
  }
  bytes += "Subject: " + encoded_header(message.subject, std::string_view("Subject: ").size());
  const std::string domain(message.id_domain.empty() ? domain_of(envelope.from)
                                                     : std::string_view(message.id_domain));
  bytes += "\r\nMessage-ID: <" + message.id + "@" + domain + ">\r\n";
  bytes += answered(message);
  bytes += "MIME-Version: 1.0\r\n";
  bytes += body(message);
  return MailText{std::move(bytes)};
}

}  // namespace omamori
