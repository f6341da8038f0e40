// omamori.toml as a plain value: what the operator decides. Reading it: config/config_file.h.
//
// Secrets are never in the file; fields hold the name of the file (or systemd credential) they are
// read from. Relative paths have been resolved against the directory of omamori.toml.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/model/time_of_day.h"

namespace omamori {

enum class Tls { starttls, implicit, none };

struct SmtpConfig {
  std::string host;  // empty = no email
  int port = 587;
  Tls tls = Tls::starttls;
  std::string username;
  std::string password_file;  // path, or the name of a systemd credential
  std::filesystem::path ca_file;
  std::string from;
  std::string from_name = "omamori";  // shown beside it; empty = the address alone
  int connections = 4;
  std::vector<std::string> allowed_domains;  // empty = any
  bool operator==(const SmtpConfig&) const = default;
};

struct WebhookEndpoint {
  std::string name;
  std::string url;
  std::string secret_file;
  bool allow_private = false;
  std::filesystem::path ca_file;  // empty = the system's authorities
  bool operator==(const WebhookEndpoint&) const = default;
};

// `url` is asked for while all is well; empty = nothing is.
struct HeartbeatConfig {
  std::string url;  // its path may be a secret: never logged whole
  std::chrono::minutes period{5};
  bool allow_private = false;
  std::filesystem::path ca_file;  // empty = the system's authorities
  bool operator==(const HeartbeatConfig&) const = default;
};

// The doors: where people and programs outside can answer.
struct HttpConfig {
  std::string listen;      // "127.0.0.1:8480", "[::1]:8480", "unix:/PATH"; empty = no doors
  std::string public_url;  // without a '/' at its end; empty = no links in messages
  std::filesystem::path certificate_file;    // with key_file: TLS of its own
  std::string key_file;                      // path, or the name of a systemd credential
  std::vector<std::string> trusted_proxies;  // addresses, or users behind a unix socket
  std::string token_key = "token-key";       // path, or the name of a systemd credential
  bool operator==(const HttpConfig&) const = default;
};

// Replies to our mails that omamori reads itself.
struct ReplyConfig {
  // Reply-To; "{code}" in it stands for what a reply is known by. Empty = none, replies go to
  // smtp.from.
  std::string address;
  std::string require;  // "dkim=pass"; empty = no vouching of the mail server is asked for
  bool operator==(const ReplyConfig&) const = default;
  // Are replies read by omamori at all, and not by people?
  bool is_read() const { return address.find("{code}") != std::string::npos; }
};

// Unix users and groups: who may do what over the control socket (daemon/control/rights.h).
struct ControlLists {
  std::vector<std::string> operators;  // everything; empty = whoever the socket lets in
  std::vector<std::string> recorders;  // record and look
  std::vector<std::string> mailers;    // hand in mail
  bool operator==(const ControlLists&) const = default;
};

// The daily copy of the database, and how many are kept of it: each of the last days, then one a
// week, then one a month.
struct BackupConfig {
  std::filesystem::path directory;  // empty = no backups
  TimeOfDay at{std::chrono::hours{3}};
  int keep_days = 14;
  int keep_weeks = 8;
  int keep_months = 12;
  bool operator==(const BackupConfig&) const = default;
};

// What is not kept for ever. The texts of messages stay for as long as replies to them are read.
struct RetentionConfig {
  int keep_bodies_days = 90;
  int keep_years = 5;  // after the end of service
  bool operator==(const RetentionConfig&) const = default;
};

struct Config {
  std::filesystem::path database = "omamori.db";
  std::filesystem::path policy = "policy.toml";
  std::string zone = "Asia/Tokyo";
  std::filesystem::path control_socket = "control.sock";
  ControlLists control;
  SmtpConfig smtp;
  ReplyConfig reply;
  std::vector<WebhookEndpoint> webhooks;
  std::filesystem::path file_directory;  // empty = no file channel
  bool hold = false;
  HeartbeatConfig heartbeat;
  HttpConfig http;
  BackupConfig backup;
  RetentionConfig retention;
  bool show_names = false;
  std::filesystem::path templates_directory;  // empty = the built-in ones
  bool operator==(const Config&) const = default;
};

}  // namespace omamori
