#include "daemon/mail/incoming_mail.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "daemon/mail/automatic_mail.h"
#include "daemon/mail/html_text.h"
#include "daemon/mail/mail_charset.h"
#include "daemon/mail/mail_head.h"
#include "daemon/mime/gmime_object.h"
#include "daemon/model/mail_address.h"

namespace omamori {
namespace {

constexpr std::size_t kLongestId = 200;

std::string text_or_none(const char* text) { return text == nullptr ? std::string() : text; }

bool is_ascii_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
}

void add_addresses(InternetAddressList* list, std::vector<std::string>& into) {
  if (list == nullptr) return;
  const int count = std::min(internet_address_list_length(list), 100);
  for (int i = 0; i < count; ++i) {
    InternetAddress* one = internet_address_list_get_address(list, i);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) continue;
    const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
    into.push_back(comparable_address(text_or_none(address)));
  }
}

struct Texts {
  std::string plain, html;
};

// The body's text, from as many parts as we read.
class Body {
 public:
  void read(GMimeObject* part) { texts_ = read(part, 0); }

  Texts take() && { return std::move(texts_); }
  bool too_large() const { return too_large_; }
  // A report of delivery, or that a mail was read, wherever it stands.
  bool is_report() const { return is_report_; }

 private:
  Texts read(GMimeObject* part, int depth) {
    if (part == nullptr || too_large_) return {};
    GMimeContentType* type = g_mime_object_get_content_type(part);
    if (type != nullptr && g_mime_content_type_is_type(type, "multipart", "report") != 0) {
      is_report_ = true;
    }
    if (++parts_ > kMostParts || depth > kMostNesting) {
      too_large_ = true;
    } else if (GMIME_IS_MULTIPART(part)) {
      const bool one_of =
          type != nullptr && g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
      return read_several(GMIME_MULTIPART(part), one_of, depth);
    } else if (is_typed(part)) {
      return text_of(GMIME_PART(part));
    }
    return {};
  }

  // Of alternatives plain text is read, and HTML if that says nothing; of parts that follow one
  // another all.
  Texts read_several(GMimeMultipart* several, bool alternatives, int depth) {
    Texts all;
    const int count = g_mime_multipart_get_count(several);
    for (int i = 0; i < count && !too_large_; ++i) {
      const Texts one = read(g_mime_multipart_get_part(several, i), depth + 1);
      const bool stands_alone = !alternatives && one.plain.empty();
      all.plain += stands_alone ? text_of_html(one.html) : one.plain;
      if (!stands_alone) all.html += one.html;
    }
    return all;
  }

  // What is attached was not typed, nor is what has the name of a file.
  static bool is_typed(GMimeObject* part) {
    if (!GMIME_IS_PART(part) || g_mime_part_get_filename(GMIME_PART(part)) != nullptr) return false;
    GMimeContentDisposition* place = g_mime_object_get_content_disposition(part);
    if (place != nullptr && g_mime_content_disposition_is_attachment(place) != 0) return false;
    GMimeContentType* type = g_mime_object_get_content_type(part);
    return type == nullptr || g_mime_content_type_is_type(type, "text", "plain") != 0 ||
           g_mime_content_type_is_type(type, "text", "html") != 0;
  }

  static Texts text_of(GMimePart* part) {
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const auto parameter = [&](const char* name) {
      return type == nullptr ? std::string()
                             : text_or_none(g_mime_content_type_get_parameter(type, name));
    };
    std::string text = utf8_of_mail(content_of(part).value_or(""), parameter("charset"));
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return {};
    const bool html = type != nullptr && g_mime_content_type_is_type(type, "text", "html") != 0;
    if (html) return {"", std::move(text)};
    if (in_small_letters(parameter("format")) == "flowed") {
      text = unflowed(text, in_small_letters(parameter("delsp")) == "yes");
    }
    if (!text.ends_with('\n')) text += '\n';
    return {std::move(text), ""};
  }

  Texts texts_;
  int parts_ = 0;
  bool too_large_ = false;
  bool is_report_ = false;
};

class Head {
 public:
  explicit Head(GMimeMessage* message)
      : message_(message), list_(g_mime_object_get_header_list(GMIME_OBJECT(message))) {}

  void read(IncomingMail& mail) {
    mail.message_id = id_or_none(text_or_none(g_mime_message_get_message_id(message_)));
    mail.from = sender();
    add_addresses(g_mime_message_get_to(message_), mail.to);
    add_addresses(g_mime_message_get_cc(message_), mail.to);
    mail.subject = text_or_none(g_mime_message_get_subject(message_));
    MailHead head;
    for (int i = 0; i < g_mime_header_list_get_count(list_); ++i) {
      GMimeHeader* header = g_mime_header_list_get_header_at(list_, i);
      add(in_small_letters(text_or_none(g_mime_header_get_name(header))),
          text_or_none(g_mime_header_get_value(header)), mail, head);
    }
    head.subject = mail.subject;
    mail.automatic = why_automatic(head);
  }

 private:
  // One, and in one field. Japanese carriers gave out addresses with dots in a row, which GMime
  // does not read: they stand between brackets, or alone.
  std::string sender() {
    const auto fields = values("from");
    if (fields.size() != 1) return "";
    std::string_view text = fields.front();
    if (std::count(text.begin(), text.end(), '@') != 1 || text.find('(') != std::string::npos) {
      std::vector<std::string> from;
      add_addresses(g_mime_message_get_from(message_), from);
      return from.size() == 1 ? from.front() : std::string();
    }
    if (const std::size_t open = text.rfind('<'); open != std::string_view::npos) {
      text = text.substr(open + 1, text.find('>', open) - open - 1);
    }
    return comparable_address(text);
  }

  std::vector<std::string> values(std::string_view name) {
    std::vector<std::string> found;
    for (int i = 0; i < g_mime_header_list_get_count(list_); ++i) {
      GMimeHeader* header = g_mime_header_list_get_header_at(list_, i);
      if (in_small_letters(text_or_none(g_mime_header_get_name(header))) == name) {
        found.push_back(text_or_none(g_mime_header_get_raw_value(header)));
      }
    }
    return found;
  }

  static std::string id_or_none(std::string id) {
    if (id.starts_with('<')) id = id.substr(1, id.find('>') - 1);
    return id.size() <= kLongestId && is_ascii_word(id) ? id : std::string();
  }

  void add(const std::string& name, std::string value, IncomingMail& mail, MailHead& head) {
    if (name == "delivered-to" || name == "x-original-to" || name == "envelope-to") {
      mail.to.push_back(comparable_address(value));
    } else if (name == "authentication-results") {
      if (received_ < 2) mail.results.push_back(std::move(value));
    } else if (name == "received") {
      if (++received_ == 1) mail.received_by = host_of_received(value);
    } else if (name == "in-reply-to") {
      mail.in_reply_to = id_or_none(std::move(value));
    } else if (name == "date") {
      mail.date = std::move(value);
    } else {
      head.fields.emplace_back(name, std::move(value));
    }
  }

  // "from x (comment) by mx.city.example (Postfix) with …; day": what stands before "by" is the
  // sender's, who may say "by" as well.
  static std::string host_of_received(const std::string& value) {
    std::string text;
    int depth = 0;
    for (const char c : value.substr(0, value.find(';'))) {
      if (c == '(') ++depth;
      if (depth == 0) text += c == '\t' || c == '\r' || c == '\n' ? ' ' : c;
      if (c == ')' && depth > 0) --depth;
    }
    const std::size_t by = (" " + text).rfind(" by ");
    if (by == std::string::npos) return {};
    const std::size_t begin = text.find_first_not_of(' ', std::min(by + 3, text.size()));
    if (begin == std::string::npos) return {};
    return in_small_letters(text.substr(begin, text.find(' ', begin) - begin));
  }

  GMimeMessage* message_;
  GMimeHeaderList* list_;
  int received_ = 0;
};

OwnedGMime<GMimeMessage> parsed(const std::string& bytes) {
  init_gmime();
  const OwnedGMime<GMimeStream> stream(
      g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const OwnedGMime<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  return OwnedGMime<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

}  // namespace

std::string comparable_address(std::string_view address) {
  std::string out;
  for (const char c : in_small_letters(address)) {
    const bool around = c <= ' ' || c == '"' || c == '\\' || c == '<' || c == '>';
    if (!around) out += c;
  }
  return out;
}

IncomingMail read_mail_head(std::string_view mail) {
  IncomingMail read;
  const SplitMail split = split_mail(mail.substr(0, kMostOfAMail));
  if (split.unfit) return read;
  if (const auto message = parsed(split.head)) Head(message.get()).read(read);
  return read;
}

MailBody read_mail_body(std::string_view mail) {
  MailBody read;
  const SplitMail split = split_mail(mail.substr(0, kMostOfAMail));
  const auto message = parsed(split.head + without_mails_within(split.body));
  if (!message) return read;
  Body body;
  body.read(g_mime_message_get_mime_part(message.get()));
  read.is_report = body.is_report();
  read.too_large = body.too_large() || mail.size() > kMostOfAMail;
  Texts texts = std::move(body).take();
  read.text = std::move(texts.plain);
  read.html_text = text_of_html(texts.html);
  return read;
}

}  // namespace omamori
