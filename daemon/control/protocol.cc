#include "daemon/control/protocol.h"

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#include <boost/json.hpp>

#include "notifiers/base64.h"

namespace omamori {
namespace {

namespace json = boost::json;

// Reads the members of one object; the first mistake stays.
class Members {
 public:
  Members(const json::value& value, std::string where) : where_(std::move(where)) {
    object_ = value.if_object();
    if (object_ == nullptr) wrong(where_ + ": must be an object");
  }
  // The member, or nullptr; then it is an error if it is needed.
  const json::value* find(std::string_view key, bool needed) {
    if (object_ == nullptr) return nullptr;
    const json::value* value = object_->if_contains(key);
    if (value == nullptr && needed) wrong(where_ + ": \"" + std::string(key) + "\" is missing");
    if (value != nullptr) ++seen_;
    return value;
  }
  std::string text(std::string_view key) {
    const json::value* value = find(key, true);
    if (value == nullptr) return "";
    if (const json::string* found = value->if_string()) {
      return {found->data(), found->size()};
    }
    wrong(where_ + ": \"" + std::string(key) + "\" must be a text");
    return "";
  }
  void wrong(const std::string& what) {
    if (error_.empty()) error_ = what;
  }
  // What is wrong, also with members that nobody asked for.
  std::string finish(std::initializer_list<std::string_view> known) {
    if (object_ == nullptr || !error_.empty() || seen_ == object_->size()) return error_;
    for (const auto& member : *object_) {
      bool found = false;
      for (const std::string_view key : known) found = found || member.key() == key;
      if (!found) wrong(where_ + ": unknown key \"" + std::string(member.key()) + "\"");
    }
    return error_;
  }

 private:
  std::string where_;
  const json::object* object_ = nullptr;
  std::size_t seen_ = 0;
  std::string error_;
};

std::optional<json::value> parse(std::string_view text, std::string& error) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  json::error_code problem;
  json::value value =
      json::parse(json::string_view(text.data(), text.size()), problem, {}, options);
  if (!problem) return value;
  error = "not JSON: " + problem.message();
  return std::nullopt;
}

json::string string_of(std::string_view text) { return json::string(text.data(), text.size()); }

void read_options(const json::value& value, Request& request, Members& members) {
  const json::object* options = value.if_object();
  if (options == nullptr) return members.wrong("request: \"options\" must be an object");
  for (const auto& option : *options) {
    const std::string name(option.key());
    const json::string* text = option.value().if_string();
    if (text == nullptr) return members.wrong("options: \"" + name + "\" must be a text");
    request.options[name].assign(text->data(), text->size());
  }
}

std::string read_file(const json::value& value, const std::string& where, CommandFile& file) {
  Members members(value, where);
  file.name = members.text("name");
  if (const json::value* bytes = members.find("base64", true)) {
    const json::string* text = bytes->if_string();
    auto decoded = text == nullptr ? std::nullopt : from_base64({text->data(), text->size()});
    if (decoded) {
      file.bytes = std::move(*decoded);
    } else {
      members.wrong(where + ": \"base64\" is not base64");
    }
  }
  return members.finish({"name", "base64"});
}

void read_files(const json::value& value, Request& request, Members& members) {
  const json::array* files = value.if_array();
  if (files == nullptr) return members.wrong("request: \"files\" must be a list");
  for (std::size_t i = 0; i < files->size(); ++i) {
    CommandFile file;
    const std::string where = "files[" + std::to_string(i) + "]";
    if (const std::string why = read_file((*files)[i], where, file); !why.empty()) {
      return members.wrong(why);
    }
    request.files.push_back(std::move(file));
  }
}

}  // namespace

std::string encode_request(const Request& request) {
  json::object options;
  for (const auto& [name, text] : request.options) options[name] = string_of(text);
  json::array files;
  for (const CommandFile& file : request.files) {
    files.push_back(
        json::object{{"name", string_of(file.name)}, {"base64", string_of(base64(file.bytes))}});
  }
  return json::serialize(json::object{{"command", string_of(request.command)},
                                      {"options", std::move(options)},
                                      {"files", std::move(files)},
                                      {"json", request.json}});
}

Decoded<Request> decode_request(std::string_view text) {
  Decoded<Request> decoded;
  const auto document = parse(text, decoded.error);
  if (!document) return decoded;
  Members members(*document, "request");
  Request request;
  request.command = members.text("command");
  if (const json::value* options = members.find("options", false)) {
    read_options(*options, request, members);
  }
  if (const json::value* files = members.find("files", false)) read_files(*files, request, members);
  if (const json::value* wanted = members.find("json", false)) {
    if (!wanted->is_bool()) members.wrong("request: \"json\" must be true or false");
    request.json = wanted->is_bool() && wanted->get_bool();
  }
  decoded.error = members.finish({"command", "options", "files", "json"});
  if (decoded.error.empty()) decoded.value = std::move(request);
  return decoded;
}

std::string encode_response(const Response& response) {
  return json::serialize(json::object{{"exit", static_cast<int>(response.exit)},
                                      {"out", string_of(response.out)},
                                      {"err", string_of(response.err)}});
}

Decoded<Response> decode_response(std::string_view text) {
  Decoded<Response> decoded;
  const auto document = parse(text, decoded.error);
  if (!document) return decoded;
  Members members(*document, "response");
  Response response;
  if (const json::value* exit = members.find("exit", true)) {
    const std::int64_t* number = exit->if_int64();
    if (number == nullptr || *number < 0 || *number > 255) {
      members.wrong("response: \"exit\" must be a number from 0 to 255");
    } else {
      response.exit = static_cast<Exit>(*number);
    }
  }
  response.out = members.text("out");
  response.err = members.text("err");
  decoded.error = members.finish({"exit", "out", "err"});
  if (decoded.error.empty()) decoded.value = std::move(response);
  return decoded;
}

std::string encode_error(std::string_view why) {
  return json::serialize(json::object{{"error", string_of(why)}});
}

std::string decode_error(std::string_view text) {
  std::string ignored;
  if (const auto document = parse(text, ignored)) {
    Members members(*document, "");
    const std::string why = members.text("error");
    if (members.finish({"error"}).empty()) return why;
  }
  return std::string(text);
}

}  // namespace omamori
