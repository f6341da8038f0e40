#include "config/config_file.h"

#include <algorithm>
#include <stdexcept>

#include "config/address_rules.h"
#include "config/http_rules.h"
#include "config/path_rules.h"
#include "config/policy_words.h"
#include "config/text_file.h"
#include "config/toml_reader.h"
#include "daemon/model/time_zone.h"

namespace omamori {
namespace {

// sockaddr_un holds 108 bytes with the final NUL.
constexpr std::size_t longest_socket_path = 107;

constexpr Word<Tls> tls_words[] = {
    {"starttls", Tls::starttls}, {"implicit", Tls::implicit}, {"none", Tls::none}};

std::string zone_rule(std::string_view text) {
  try {
    Zone zone{std::string(text)};
    return "";
  } catch (const std::invalid_argument&) {
    return "must be a time zone this machine knows, such as \"Asia/Tokyo\"";
  }
}

std::string user_name_rule(std::string_view text) {
  return text.size() <= 255 ? "" : "must not be longer than 255 bytes";
}

// A user or group. Directories of large offices have groups with blanks and capitals.
std::string account_rule(std::string_view text) {
  const bool one = !text.empty() && text.size() <= 255 && text.find_first_of(":,") == text.npos;
  return one ? "" : "must be one unix user or group such as \"sato\"";
}

// Reads one file. Holds what every section needs: the errors, and where relative paths begin.
class ConfigReader {
 public:
  ConfigReader(const TomlValue& root, FileErrors& errors, const std::filesystem::path& directory)
      : root_(root, "", errors), errors_(errors), directory_(directory) {}

  Config read() {
    read_places();
    read_smtp();
    read_webhooks();
    read_small_sections();
    root_.finish();
    resolve();
    return std::move(config_);
  }

 private:
  // Calls `read` with the reader of `[name]`, if it is there, and finishes it.
  template <class Read>
  void section(const std::string& name, Read read) {
    const TomlValue* table = root_.table(name);
    if (!table) return;
    TomlReader reader(*table, "[" + name + "]", errors_);
    read(reader);
    reader.finish();
  }

  static void path(TomlReader& reader, std::string_view key, TextRule rule,
                   std::filesystem::path& target) {
    std::string text;
    if (reader.text(key, rule, text)) target = text;
  }

  static void accounts(TomlReader& reader, std::string_view key, std::vector<std::string>& target) {
    if (auto names = reader.texts(key, account_rule)) target = std::move(*names);
  }

  void read_places() {
    section("database",
            [&](TomlReader& r) { path(r, "path", needed_path_rule, config_.database); });
    section("policy", [&](TomlReader& r) { path(r, "path", needed_path_rule, config_.policy); });
    section("time", [&](TomlReader& r) { r.text("zone", zone_rule, config_.zone); });
    section("control", [&](TomlReader& r) {
      path(r, "socket", needed_path_rule, config_.control_socket);
      const std::size_t length = resolved(directory_, config_.control_socket).string().size();
      if (length > longest_socket_path) {
        r.complain("socket", "is " + std::to_string(length) +
                                 " bytes long with its directory; a socket's path has at most " +
                                 std::to_string(longest_socket_path));
      }
      accounts(r, "operators", config_.control.operators);
      accounts(r, "recorders", config_.control.recorders);
      accounts(r, "mailers", config_.control.mailers);
    });
  }

  void read_smtp() {
    section("smtp", [&](TomlReader& r) {
      SmtpConfig& smtp = config_.smtp;
      r.text("host", host_rule, smtp.host);
      r.integer("port", 1, 65535, smtp.port);
      r.word("tls", tls_words, smtp.tls);
      r.text("username", user_name_rule, smtp.username);
      r.text("password_file", path_rule, smtp.password_file);
      path(r, "ca_file", path_rule, smtp.ca_file);
      const bool right_from = r.text("from", mail_address_rule, smtp.from) || !r.find("from");
      r.text("from_name", display_name_rule, smtp.from_name);
      r.integer("connections", 1, 32, smtp.connections);
      if (auto domains = r.texts("allowed_domains", domain_rule)) {
        smtp.allowed_domains = std::move(*domains);
      }
      check_smtp(r, right_from);
    });
  }

  // What the keys of [smtp] demand of each other.
  void check_smtp(TomlReader& r, bool right_from) {
    const SmtpConfig& smtp = config_.smtp;
    if (smtp.tls == Tls::none && !smtp.host.empty() && !is_loopback_host(smtp.host)) {
      r.complain("tls",
                 "must not be \"none\" unless `host` is this machine (localhost, "
                 "127.0.0.1, ::1); passwords and messages would be readable on the way");
    }
    if (!smtp.username.empty() && smtp.password_file.empty() && right_text(r, "password_file")) {
      r.complain("username", "needs `password_file` as well");
    }
    if (smtp.username.empty() && !smtp.password_file.empty() && right_text(r, "username")) {
      r.complain("password_file", "needs `username` as well");
    }
    if (!smtp.host.empty() && smtp.from.empty() && right_from) {
      r.complain("host", "needs `from` as well, the address that messages come from");
    }
  }

  // False if the key holds something that has been complained of already.
  static bool right_text(const TomlReader& r, std::string_view key) {
    const TomlValue* value = r.find(key);
    return !value || (value->type == TomlValue::Type::string && value->text.empty());
  }

  void read_webhooks() {
    section("webhook", [&](TomlReader& webhook) {
      const TomlValue* endpoints = webhook.table("endpoint");
      if (!endpoints) return;
      for (const TomlValue& item : endpoints->children) read_endpoint(item);
    });
    std::sort(config_.webhooks.begin(), config_.webhooks.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }

  void read_endpoint(const TomlValue& item) {
    if (!is_code(item.key)) {
      errors_.add(item.key_position, "the name of an endpoint " + code_rule(item.key));
      return;
    }
    const std::string title = "[webhook.endpoint." + item.key + "]";
    if (item.type != TomlValue::Type::table) {
      errors_.add(item.position, "an endpoint must be a table; write " + title);
      return;
    }
    WebhookEndpoint endpoint;
    endpoint.name = item.key;
    TomlReader reader(item, title, errors_);
    reader.text("url", needed_url_rule, endpoint.url);
    reader.text("secret_file", needed_path_rule, endpoint.secret_file);
    reader.boolean("allow_private", endpoint.allow_private);
    path(reader, "ca_file", path_rule, endpoint.ca_file);
    reader.require({"url", "secret_file"});
    reader.finish();
    config_.webhooks.push_back(std::move(endpoint));
  }

  static std::string needed_url_rule(std::string_view text) {
    return text.empty() ? "must not be empty" : url_rule(text);
  }

  void read_small_sections() {
    section("file",
            [&](TomlReader& r) { path(r, "directory", path_rule, config_.file_directory); });
    section("reply", [&](TomlReader& r) {
      r.text("address", reply_address_rule, config_.reply.address);
      r.text("require", required_result_rule, config_.reply.require);
    });
    section("delivery", [&](TomlReader& r) { r.boolean("hold", config_.hold); });
    section("heartbeat", [&](TomlReader& r) {
      r.text("url", url_rule, config_.heartbeat.url);
      r.parsed("period", parse_duration,
               "a duration such as \"5m\" or \"1h\", from 1 minute to 7 days",
               config_.heartbeat.period);
      r.boolean("allow_private", config_.heartbeat.allow_private);
      path(r, "ca_file", path_rule, config_.heartbeat.ca_file);
    });
    section("http", [&](TomlReader& r) { read_http(r, directory_, config_.http); });
    section("backup", [&](TomlReader& r) {
      path(r, "directory", path_rule, config_.backup.directory);
      r.parsed("at", parse_time_of_day, "a time of day such as \"03:00\"", config_.backup.at);
      r.integer("keep_days", 1, 3650, config_.backup.keep_days);
      r.integer("keep_weeks", 0, 520, config_.backup.keep_weeks);
      r.integer("keep_months", 0, 1200, config_.backup.keep_months);
    });
    section("retention", [&](TomlReader& r) {
      r.integer("keep_bodies_days", 90, 3650, config_.retention.keep_bodies_days);
      r.integer("keep_years", 1, 100, config_.retention.keep_years);
    });
    section("templates",
            [&](TomlReader& r) { path(r, "directory", path_rule, config_.templates_directory); });
    section("privacy", [&](TomlReader& r) { r.boolean("show_names", config_.show_names); });
  }

  void resolve() {
    for (auto* path : {&config_.database, &config_.policy, &config_.control_socket,
                       &config_.smtp.ca_file, &config_.file_directory, &config_.backup.directory,
                       &config_.templates_directory, &config_.heartbeat.ca_file}) {
      *path = resolved(directory_, *path);
    }
    config_.smtp.password_file = resolved(directory_, config_.smtp.password_file).string();
    config_.http.token_key = resolved(directory_, config_.http.token_key).string();
    for (WebhookEndpoint& endpoint : config_.webhooks) {
      endpoint.secret_file = resolved(directory_, endpoint.secret_file).string();
      endpoint.ca_file = resolved(directory_, endpoint.ca_file);
    }
  }

  TomlReader root_;
  FileErrors& errors_;
  const std::filesystem::path& directory_;
  Config config_;
};

}  // namespace

Parsed<Config> parse_config(std::string_view text, const std::string& file_name,
                            const std::filesystem::path& directory) {
  const Parsed<TomlValue> document = parse_toml(text, file_name);
  if (!document.value) return {std::nullopt, document.errors};
  FileErrors errors(file_name);
  Config config = ConfigReader(*document.value, errors, directory).read();
  if (errors.size() > 0) return {std::nullopt, errors.take()};
  return {std::move(config), {}};
}

Parsed<Config> load_config(const std::filesystem::path& path) {
  const Parsed<std::string> text = read_settings_file(path);
  if (!text.value) return {std::nullopt, text.errors};
  return parse_config(*text.value, path.string(), path.parent_path());
}

}  // namespace omamori
