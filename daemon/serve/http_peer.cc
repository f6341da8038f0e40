#include "daemon/serve/http_peer.h"

#include <boost/asio/ip/address.hpp>

namespace omamori {
namespace {

namespace ip = boost::asio::ip;

ip::address read_address(std::string_view text, boost::system::error_code& error) {
  ip::address address = ip::make_address(std::string(text), error);
  if (error || !address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

}  // namespace

std::string plain_address(std::string_view text) {
  boost::system::error_code error;
  const ip::address address = read_address(text, error);
  return error ? std::string() : address.to_string();
}

std::string counted_as(const std::string& peer) {
  boost::system::error_code error;
  const ip::address address = read_address(peer, error);
  if (error || !address.is_v6()) return peer;
  ip::address_v6::bytes_type bytes = address.to_v6().to_bytes();
  for (std::size_t i = 8; i < bytes.size(); ++i) bytes[i] = 0;
  return ip::address_v6(bytes).to_string() + "/64";
}

std::string named_by_proxy(const HttpRequest& request, const std::string& name) {
  const std::string forwarded = request.header("x-forwarded-for");
  std::string_view last = forwarded;
  last = last.substr(last.rfind(',') + 1);
  while (last.starts_with(' ') || last.starts_with('\t')) last.remove_prefix(1);
  while (last.ends_with(' ') || last.ends_with('\t')) last.remove_suffix(1);
  const std::string named = plain_address(last);
  return named.empty() ? name : named;
}

}  // namespace omamori
