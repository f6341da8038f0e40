// What a stranger may take of us at the doors: room, time and places.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

namespace omamori {

struct HttpLimits {
  std::size_t header = 8192;  // bytes of the request line and all fields together
  std::size_t target = 2048;  // bytes of what is asked for
  // Bytes of a body, by the path it is sent to; null: 64 KiB.
  std::function<std::size_t(std::string_view path)> body;

  // From the connection, or from the first byte of a further request, to the whole request.
  std::chrono::milliseconds request = std::chrono::seconds(10);
  // For taking one answer.
  std::chrono::milliseconds answer = std::chrono::seconds(10);
  // Between an answer and the first byte of the next request.
  std::chrono::milliseconds idle = std::chrono::seconds(15);
  // After the last answer, for who still sends: cut at once they might not read it.
  std::chrono::milliseconds farewell = std::chrono::seconds(2);

  // In all; for one more the longest idle is closed, or the one that is slowest with its request.
  std::size_t connections = 512;
  // Of one address, or one /64 of IPv6, or one user of a unix socket; not of a trusted proxy.
  std::size_t per_peer = 64;
  int requests = 100;  // on one connection
};

}  // namespace omamori
