// What a copy of a large city's database costs: the slices that are taken between other work,
// beside the bare copy of its bytes; and the look at all of it, which is the most of a restore.
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "config/file_descriptor.h"
#include "daemon/backup/backups.h"
#include "db/copy_check.h"
#include "tests/bench/big_city.h"

namespace omamori {
namespace {

using benchmark::Counter;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

std::filesystem::path copy_path() {
  return std::filesystem::path(BigCity::get().store().path()) += ".bench-copy";
}

void count_bytes(benchmark::State& state, std::uintmax_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

// As the daemon makes it, without other work between.
void BM_SlicedCopy(benchmark::State& state) {
  BigCity& city = BigCity::get();
  std::vector<double> slices;
  for ([[maybe_unused]] auto _ : state) {
    const auto copy = city.store().begin_copy(copy_path());
    for (bool complete = false; !complete;) {
      const auto begun = Clock::now();
      complete = copy->step(kPagesAtOnce);
      slices.push_back(Milliseconds(Clock::now() - begun).count());
    }
  }
  std::sort(slices.begin(), slices.end());
  count_bytes(state, std::filesystem::file_size(copy_path()));
  state.counters["slices"] = Counter(static_cast<double>(slices.size()));
  state.counters["slice_p99_ms"] = slices[(slices.size() - 1) * 99 / 100];
  state.counters["slice_longest_ms"] = slices.back();
  state.SetLabel("target: no slice over 50 ms");
}
BENCHMARK(BM_SlicedCopy)->Iterations(3)->UseRealTime()->Unit(benchmark::kMillisecond);

// The peer: the same bytes by the kernel, not durable either.
void BM_PlainCopy(benchmark::State& state) {
  const auto from = copy_path();
  const auto to = std::filesystem::path(from) += ".plain";
  const auto size = std::filesystem::file_size(from);
  for ([[maybe_unused]] auto _ : state) {
    const FileDescriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    const FileDescriptor out(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    for (std::uintmax_t done = 0; done < size;) {
      const ssize_t got = ::sendfile(out.number(), in.number(), nullptr, size - done);
      if (got <= 0) throw std::runtime_error("cannot copy " + from.string());
      done += static_cast<std::uintmax_t>(got);
    }
  }
  count_bytes(state, size);
  std::filesystem::remove(to);
}
BENCHMARK(BM_PlainCopy)->Iterations(3)->UseRealTime()->Unit(benchmark::kMillisecond);

// Made one file and synced, as it is before anybody looks at it.
void BM_CheckCopy(benchmark::State& state) {
  make_one_file(copy_path());
  const std::atomic<bool> stop{false};
  CopyFound found;
  for ([[maybe_unused]] auto _ : state) found = check_copy(copy_path(), stop);
  if (!found.wrong.empty()) throw std::runtime_error("the copy: " + found.wrong);
  count_bytes(state, std::filesystem::file_size(copy_path()));
  state.counters["clients"] = Counter(static_cast<double>(found.clients));
}
BENCHMARK(BM_CheckCopy)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace omamori
