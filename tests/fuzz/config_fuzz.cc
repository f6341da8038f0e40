// omamori.toml: what is accepted is accepted again as it was understood, and what is refused is
// refused with a place, and without a word that people wrote.
#include <cstdint>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>

#include "config/config_file.h"
#include "config/http_rules.h"
#include "config/policy_words.h"
#include "tests/fuzz/settings_promise.h"

namespace omamori {
namespace {

const std::filesystem::path kDirectory = "/etc/omamori";

class Writer {
 public:
  Writer& table(const std::string& name) { return put("[" + name + "]"); }
  Writer& text(const char* key, const std::string& value) { return set(key, in_quotes(value)); }
  Writer& number(const char* key, int value) { return set(key, std::to_string(value)); }
  Writer& flag(const char* key, bool value) { return set(key, value ? "true" : "false"); }
  Writer& list(const char* key, const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + in_quotes(value);
    return set(key, out + "]");
  }
  const std::string& written() const { return out_; }

 private:
  Writer& set(const char* key, const std::string& value) {
    return put(std::string(key) + " = " + value);
  }
  Writer& put(const std::string& line) {
    out_ += line + "\n";
    return *this;
  }
  std::string out_;
};

const char* word(Tls tls) {
  return tls == Tls::starttls ? "starttls" : tls == Tls::implicit ? "implicit" : "none";
}

void write_ways(Writer& out, const Config& config) {
  const SmtpConfig& smtp = config.smtp;
  out.table("smtp").text("host", smtp.host).number("port", smtp.port).text("tls", word(smtp.tls));
  out.text("username", smtp.username).text("password_file", smtp.password_file);
  out.text("ca_file", smtp.ca_file.string()).text("from", smtp.from);
  out.text("from_name", smtp.from_name).number("connections", smtp.connections);
  out.list("allowed_domains", smtp.allowed_domains);
  out.table("reply").text("address", config.reply.address).text("require", config.reply.require);
  for (const WebhookEndpoint& endpoint : config.webhooks) {
    out.table("webhook.endpoint." + in_quotes(endpoint.name)).text("url", endpoint.url);
    out.text("secret_file", endpoint.secret_file).flag("allow_private", endpoint.allow_private);
    out.text("ca_file", endpoint.ca_file.string());
  }
  const HeartbeatConfig& heartbeat = config.heartbeat;
  out.table("heartbeat").text("url", heartbeat.url);
  out.text("period", duration_text(heartbeat.period));
  out.flag("allow_private", heartbeat.allow_private).text("ca_file", heartbeat.ca_file.string());
}

void write_doors(Writer& out, const HttpConfig& http) {
  out.table("http").text("listen", http.listen).text("public_url", http.public_url);
  out.text("certificate_file", http.certificate_file.string()).text("key_file", http.key_file);
  out.list("trusted_proxies", http.trusted_proxies).text("token_key", http.token_key);
}

std::string written(const Config& config) {
  Writer out;
  out.table("database").text("path", config.database.string());
  out.table("policy").text("path", config.policy.string());
  out.table("time").text("zone", config.zone);
  out.table("control").text("socket", config.control_socket.string());
  out.list("operators", config.control.operators).list("recorders", config.control.recorders);
  out.list("mailers", config.control.mailers);
  write_ways(out, config);
  write_doors(out, config.http);
  out.table("file").text("directory", config.file_directory.string());
  out.table("delivery").flag("hold", config.hold);
  const BackupConfig& backup = config.backup;
  out.table("backup").text("directory", backup.directory.string());
  out.text("at", time_text(backup.at)).number("keep_days", backup.keep_days);
  out.number("keep_weeks", backup.keep_weeks).number("keep_months", backup.keep_months);
  const RetentionConfig& kept = config.retention;
  out.table("retention").number("keep_bodies_days", kept.keep_bodies_days);
  out.number("keep_years", kept.keep_years);
  out.table("privacy").flag("show_names", config.show_names);
  out.table("templates").text("directory", config.templates_directory.string());
  return out.written();
}

// By another reading than the one that is looked at.
bool is_this_machine(const std::string& host) {
  in_addr v4{};
  in6_addr v6{};
  constexpr std::uint32_t kLoopbackNet = 127;
  if (::inet_pton(AF_INET, host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24U == kLoopbackNet;
  if (::inet_pton(AF_INET6, host.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return ::strcasecmp(host.c_str(), "localhost") == 0;
}

// "host" of "host:8480", "[host]:8480" and "host/path".
std::string host_of(std::string_view place) {
  if (place.starts_with('[')) return std::string(place.substr(1, place.find(']') - 1));
  return std::string(place.substr(0, place.find_first_of(":/?#")));
}

void check_url(const std::string& url) {
  const auto end = url.find("://");
  promise(end != url.npos, "a URL has a scheme");
  const std::string_view behind = std::string_view(url).substr(end + 3);
  promise(behind.substr(0, behind.find_first_of("/?#")).find('@') == behind.npos,
          "no URL holds a password");
  const bool https = ::strncasecmp(url.c_str(), "https", end) == 0 && end == 5;
  promise(https || is_this_machine(host_of(behind)), "nothing goes in the clear elsewhere");
}

// What would lead elsewhere than it says, or in the clear.
void check_ways(const Config& config) {
  const SmtpConfig& smtp = config.smtp;
  promise(smtp.tls != Tls::none || smtp.host.empty() || is_this_machine(smtp.host),
          "no mail goes in the clear to another machine");
  for (const WebhookEndpoint& endpoint : config.webhooks) {
    promise(is_code(endpoint.name), "an endpoint has a code");
    check_url(endpoint.url);
  }
  if (!config.heartbeat.url.empty()) check_url(config.heartbeat.url);
  const HttpConfig& http = config.http;
  promise(http.listen.empty() || parse_listen(http.listen), "the doors have a place");
  const bool near = http.listen.empty() || http.listen.starts_with("unix:") ||
                    is_this_machine(host_of(http.listen));
  promise(near || (!http.certificate_file.empty() && !http.key_file.empty()),
          "no door is open in the clear to other machines");
}

void check(std::string_view text) {
  const auto parse = [](std::string_view of) { return parse_config(of, kSettings, kDirectory); };
  const auto parsed = promise_of_parsing(text, parse);
  if (!parsed.value) return;
  check_ways(*parsed.value);
  const auto again = parse(written(*parsed.value));
  promise(again.value == parsed.value,
          "settings that are accepted are accepted again, as they were");
}

}  // namespace
}  // namespace omamori

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  omamori::check(omamori::text_of(data, size));
  return 0;
}
