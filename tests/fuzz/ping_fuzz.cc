// The key in the address of a ping, and the name of a run: read in one way only.
#include <cstdint>
#include <string_view>

#include "daemon/doors/ping_key.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace omamori;
  const auto uuid = read_uuid({reinterpret_cast<const char*>(data), size});
  if (!uuid) return 0;
  promise(uuid->size() == 36, "a UUID has one length");
  promise(read_uuid(*uuid) == uuid, "what was read is read alike");
  return 0;
}
