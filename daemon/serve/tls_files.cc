#include "daemon/serve/tls_files.h"

#include <chrono>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <openssl/ssl.h>

#include "config/secret.h"

namespace omamori {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

// Who renews a certificate writes two files; the second follows the first.
constexpr std::chrono::milliseconds kQuiet{500};

// A key that asks for a password asks nobody.
int no_password(char*, int, int, void*) { return 0; }

}  // namespace

TlsFiles::TlsFiles(boost::asio::io_context& io, std::filesystem::path certificate, std::string key,
                   std::function<void(const std::string&)> tell)
    : io_(io), certificate_(std::move(certificate)), key_(std::move(key)), tell_(std::move(tell)) {}

std::string TlsFiles::begin() {
  const auto watch = [this](const std::filesystem::path& file) {
    return std::make_unique<FileWatch>(
        io_, file, kQuiet, [this] { reread(); }, tell_);
  };
  certificate_watch_ = watch(certificate_);
  key_watch_ = watch(key_);
  return load();
}

void TlsFiles::reread() {
  const std::string why = load();
  tell_(why.empty() ? "the doors' new certificate is in use"
                    : why + "; the certificate before stays in use");
}

void TlsFiles::stop() {
  certificate_watch_.reset();
  key_watch_.reset();
}

std::string TlsFiles::load() {
  const auto chain = read_certificates(certificate_);
  if (!chain.value) return "[http] certificate_file: " + to_string(chain.errors.front());
  const auto key = read_secrets(key_);
  if (!key.value) return "[http] key_file: " + to_string(key.errors.front());
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  error_code error;
  context->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                           ssl::context::no_tlsv1_1 | ssl::context::no_compression |
                           SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE,
                       error);
  if (error) return "TLS cannot be set up: " + error.message();
  ::SSL_CTX_set_default_passwd_cb(context->native_handle(), &no_password);
  context->use_certificate_chain(boost::asio::buffer(*chain.value), error);
  if (error) {
    return "[http] certificate_file " + certificate_.string() +
           " holds no certificate that can be used (PEM, the server's own first)";
  }
  context->use_private_key(boost::asio::buffer(*key.value), ssl::context::pem, error);
  if (error || ::SSL_CTX_check_private_key(context->native_handle()) != 1) {
    return "[http] key_file " + key_ +
           " holds no key of that certificate (PEM, without a password)";
  }
  current_ = std::move(context);
  return "";
}

}  // namespace omamori
