#include "daemon/mail/html_text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include <libxml/HTMLparser.h>

namespace omamori {
namespace {

constexpr std::array<std::string_view, 18> kBlocks{
    "address", "blockquote", "body", "center", "dd", "div", "dl",  "dt",    "h1",
    "h2",      "h3",         "hr",   "li",     "ol", "p",   "pre", "table", "tr"};
constexpr std::array<std::string_view, 5> kUnseen{"head", "script", "style", "template", "title"};

template <class List>
bool is_one_of(std::string_view name, const List& list) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

class Text {
 public:
  // Every element under `root`, without recursion: a mail may be nested as deeply as it likes.
  void walk(const xmlNode* root) {
    const xmlNode* node = root;
    while (node != nullptr) {
      const bool goes_in = enter(node) && node->children != nullptr;
      if (goes_in) {
        node = node->children;
        continue;
      }
      leave(node);
      while (node != root && node->next == nullptr) {
        node = node->parent;
        leave(node);
      }
      if (node == root) return;
      node = node->next;
    }
  }

  std::string take() && {
    end_line();
    return std::move(text_);
  }

 private:
  // False: nobody sees what is in it.
  bool enter(const xmlNode* node) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      add(view(node->content));
      return false;
    }
    if (node->type != XML_ELEMENT_NODE) return node->type == XML_HTML_DOCUMENT_NODE;
    const std::string_view name = view(node->name);
    if (is_one_of(name, kUnseen)) return false;
    if (name == "br") end_line(true);
    if (is_one_of(name, kBlocks)) end_line();
    if (name == "blockquote") ++quotes_;
    if (name == "pre") ++kept_;
    if (name == "ol") numbers_.push_back(first_of(node));
    if (name == "li" && is_numbered(node) && !numbers_.empty()) {
      add(std::to_string(numbers_.back()++) + ". ");
    }
    return true;
  }

  void leave(const xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view name = view(node->name);
    if (is_one_of(name, kBlocks)) end_line();
    if (name == "blockquote") --quotes_;
    if (name == "pre") --kept_;
    if (name == "ol" && !numbers_.empty()) numbers_.pop_back();
    if (name == "td" || name == "th") add(" ");
  }

  static bool is_numbered(const xmlNode* item) {
    return item->parent != nullptr && view(item->parent->name) == "ol";
  }

  // Of a list whose numbers a mail program has made of "1.".
  static int first_of(const xmlNode* list) {
    xmlChar* start = xmlGetProp(list, reinterpret_cast<const xmlChar*>("start"));
    const std::string text(view(start));
    if (start != nullptr) xmlFree(start);
    constexpr std::size_t kMostDigits = 3;
    const bool digits = !text.empty() && text.size() <= kMostDigits &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::stoi(text) : 1;
  }

  // Blanks and line ends of HTML are one blank.
  void add(std::string_view text) {
    constexpr std::string_view kNoBreak = "\xC2\xA0";
    while (!text.empty()) {
      const bool no_break = text.starts_with(kNoBreak);
      if (kept_ > 0 && text.front() == '\n') {
        end_line(true);
        text.remove_prefix(1);
        continue;
      }
      const bool blank =
          no_break || std::string_view(" \t\r\n\f").find(text.front()) != std::string_view::npos;
      if (!blank) {
        line_ += text.front();
      } else if (!line_.empty() && line_.back() != ' ') {
        line_ += ' ';
      }
      text.remove_prefix(no_break ? kNoBreak.size() : 1);
    }
  }

  void end_line(bool also_empty = false) {
    while (line_.ends_with(' ')) line_.pop_back();
    if (line_.empty() && !also_empty) return;
    if (quotes_ > 0) text_ += "> ";
    text_.append(line_).push_back('\n');
    line_.clear();
  }

  std::string text_, line_;
  int quotes_ = 0;
  int kept_ = 0;              // inside so many <pre>: line ends are line ends
  std::vector<int> numbers_;  // of the next item of each list around
};

// A tag longer than that, as of a picture that stands in it: libxml2 compares each attribute with
// each.
constexpr std::size_t kLongestTag = 2000;

std::string without_long_tags(std::string_view html) {
  std::string out;
  while (true) {
    const std::size_t open = std::min(html.find('<'), html.size());
    out.append(html.substr(0, open));
    html.remove_prefix(open);
    if (html.empty()) return out;
    const std::size_t close = std::min(html.find('>'), html.size() - 1) + 1;
    if (close <= kLongestTag) out.append(html.substr(0, close));
    html.remove_prefix(close);
  }
}

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

}  // namespace

std::string text_of_html(std::string_view html) {
  constexpr int kOptions =
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const std::string bounded = without_long_tags(html);
  const std::unique_ptr<xmlDoc, FreeDocument> document(
      htmlReadMemory(bounded.data(), static_cast<int>(bounded.size()), nullptr, "utf-8", kOptions));
  if (!document) return std::string(html);
  const xmlNode* root = xmlDocGetRootElement(document.get());
  if (root == nullptr) return {};
  Text text;
  text.walk(root);
  return std::move(text).take();
}

}  // namespace omamori
