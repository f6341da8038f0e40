#include "daemon/doctor/door_files.h"

#include <sys/stat.h>

#include <ctime>
#include <memory>
#include <variant>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "config/secret.h"
#include "daemon/doors/token_key.h"

namespace omamori {
namespace {

KeyFile look_at_key(const std::string& file) {
  KeyFile key;
  key.place = secret_place(file);
  const auto text = read_secrets(file);
  if (!text.value) key.unreadable = to_string(text.errors.front());
  struct stat info {};
  if (::stat(key.place.c_str(), &info) == 0) key.open_to_all = (info.st_mode & S_IROTH) != 0;
  return key;
}

// As the daemon reads it: one of another length is no key.
KeyFile look_at_token_key(const std::string& file) {
  KeyFile key = look_at_key(file);
  if (!key.unreadable.empty()) return key;
  const auto read = read_token_key(file);
  if (const auto* why = std::get_if<std::string>(&read)) key.unreadable = *why;
  return key;
}

// Of the first certificate in it, which is the server's own.
std::optional<Instant> end_of(const std::string& pem) {
  const std::unique_ptr<BIO, int (*)(BIO*)> source(
      ::BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &::BIO_free);
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      ::PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), &::X509_free);
  std::tm parts{};
  if (!certificate || ::ASN1_TIME_to_tm(::X509_get0_notAfter(certificate.get()), &parts) != 1) {
    return {};
  }
  return Instant{std::chrono::seconds{::timegm(&parts)}};
}

}  // namespace

DoorFiles look_at_door_files(const HttpConfig& http, bool reads_replies) {
  DoorFiles files;
  const bool has_links = !http.listen.empty() && !http.public_url.empty();
  if (has_links || reads_replies) files.token_key = look_at_token_key(http.token_key);
  if (http.listen.empty()) return files;
  if (http.certificate_file.empty()) return files;
  files.tls_key = look_at_key(http.key_file);
  const auto chain = read_certificates(http.certificate_file);
  if (!chain.value) {
    files.certificate_problem = to_string(chain.errors.front());
    return files;
  }
  files.certificate_ends = end_of(*chain.value);
  if (!files.certificate_ends) {
    files.certificate_problem = http.certificate_file.string() + ": holds no certificate (PEM)";
  }
  return files;
}

}  // namespace omamori
