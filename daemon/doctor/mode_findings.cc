#include "daemon/doctor/mode_findings.h"

#include "config/file_modes.h"
#include "config/secret.h"

namespace omamori {
namespace {

class ModeLook {
 public:
  explicit ModeLook(const Tongue& tongue) : say_(tongue) {}

  // With the names of people in it.
  void at_private(const std::string& where, const std::filesystem::path& path) {
    look(Severity::warning, where, path, open_to_others(path));
  }
  void at_secret(const std::string& where, const std::filesystem::path& path) {
    if (path.empty()) return;
    const std::filesystem::path place = secret_place(path);
    look(Severity::error, where, place, open_to_others(place));
  }
  // Others may know that it is there; to connect is to write.
  void at_socket(const std::filesystem::path& path) {
    look(Severity::warning, "mode.socket", path, {false, open_to_others(path).write});
  }
  Findings take() { return std::move(findings_); }

 private:
  void look(Severity severity, const std::string& where, const std::filesystem::path& path,
            const OpenToOthers& open) {
    if (!open.any()) return;
    const std::string what =
        open.write ? say_("書き換えられる", "may be changed") : say_("読める", "may be read");
    findings_.push_back({severity, where,
                         path.string() + say_(" をこの機械の誰もが", " ") + what +
                             say_("", " by anybody on this machine"),
                         "chmod o= " + path.string()});
  }

  const Tongue& say_;
  Findings findings_;
};

}  // namespace

Findings mode_findings(const Config& config, const Tongue& tongue) {
  ModeLook look(tongue);
  look.at_private("mode.database", config.database);
  look.at_private("mode.policy", config.policy);
  look.at_socket(config.control_socket);
  if (!config.file_directory.empty()) look.at_private("mode.outbox", config.file_directory);
  look.at_secret("mode.smtp", config.smtp.password_file);
  for (const WebhookEndpoint& endpoint : config.webhooks) {
    look.at_secret("mode.webhook:" + endpoint.name, endpoint.secret_file);
  }
  if (!config.http.public_url.empty()) look.at_secret("mode.token_key", config.http.token_key);
  look.at_secret("mode.key", config.http.key_file);
  return look.take();
}

}  // namespace omamori
