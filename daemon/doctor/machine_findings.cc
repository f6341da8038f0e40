#include "daemon/doctor/machine_findings.h"

#include <algorithm>

#include "daemon/model/calendar.h"

namespace omamori {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr days kBackupEvery{2};
// The two clocks are read in whole seconds, one after the other.
constexpr seconds kReadingError{2};
// The command a person gives when the clock was right all along.
constexpr const char* kClockAccept = "omamorictl clock accept";

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes / kMiB) + " MiB"; }

Finding synchronised_finding(bool synchronised, const Tongue& tongue) {
  if (synchronised) {
    return {Severity::ok, "clock",
            tongue("時刻はネットワークで合わせられている", "a time server keeps the clock right"),
            ""};
  }
  return {
      Severity::warning, "clock",
      tongue("時刻を合わせているものが見当たらない", "nothing is known to keep the clock right"),
      tongue("timedatectl で確かめ、systemd-timesyncd か chrony を動かす",
             "look at timedatectl; run systemd-timesyncd or chrony")};
}

}  // namespace

Finding disk_finding(const DiskFacts& facts, const Tongue& tongue) {
  const std::string place = facts.directory.string();
  if (!facts.problem.empty()) {
    return {Severity::error, facts.where,
            place + tongue(" を見られない: ", " cannot be looked at: ") + facts.problem,
            tongue("ディレクトリを作り、omamori を動かす利用者のものにする",
                   "make the directory and give it to the user omamorid runs as")};
  }
  if (!facts.writable) {
    return {Severity::error, facts.where,
            place + tongue(" に書けない", ": files cannot be made there"),
            tongue("omamori を動かす利用者のものにし、読み取り専用でないことを確かめる（systemd の"
                   " ReadWritePaths= も）",
                   "give it to the user omamorid runs as, and see that it is not read-only (also "
                   "ReadWritePaths= of the unit)")};
  }
  const std::string left =
      place + tongue(" の空きは ", " has ") + mebibytes(facts.free) + tongue("", " free");
  const std::string room = tongue("場所を空ける", "make room");
  if (facts.free < kDiskTooLittle) return {Severity::error, facts.where, left, room};
  if (facts.free < std::max(kDiskLittle, 3 * facts.largest)) {
    return {Severity::warning, facts.where, left, room};
  }
  return {Severity::ok, facts.where, left, ""};
}

Finding backup_finding(const BackupFacts& facts, Instant now, const Tongue& tongue) {
  if (facts.directory.empty()) {
    return {Severity::warning, "backup",
            tongue("バックアップが未設定です", "no backups are configured"),
            tongue("omamori.toml の [backup] directory に、別のディスクの場所を書く",
                   "set [backup] directory in omamori.toml, on another disk")};
  }
  const std::string place = facts.directory.string();
  if (!facts.untried.empty()) {
    return {Severity::error, "backup",
            place + tongue(" に書けない: ", " takes no file: ") + facts.untried,
            tongue("ディレクトリを作り、omamorid を動かす利用者が書けるようにする（別のディスクなら"
                   " ReadWritePaths= も）",
                   "make the directory and let the user omamorid runs as write there (elsewhere "
                   "than /var/lib/omamori also by ReadWritePaths= of the unit)")};
  }
  const std::string look = tongue("omamorictl status と、その場所の空きと権限を確かめる",
                                  "look at omamorictl status, and at room and rights there");
  if (!facts.newest) {
    return {Severity::warning, "backup",
            place + tongue(" にバックアップがまだない", " holds no backup yet"), look};
  }
  if (*facts.newest > now) {
    return {
        Severity::warning, "backup",
        place + tongue(": 最新のバックアップの日付が未来になっている",
                       ": the youngest backup is named by a day that has not come"),
        tongue("時計が進んでいたときのもの。omamorictl backup list で確かめ、それを別の場所へ移す",
               "it is of a clock that was ahead: omamorictl backup list names it; move it away, "
               "or it hides how old the others are")};
  }
  const auto age =
      static_cast<int>(std::max(std::chrono::floor<days>(now - *facts.newest), days{0}).count());
  const std::string youngest = place +
                               tongue(" の最新のバックアップは ", ": the youngest backup is ") +
                               tongue.days(age) + tongue("前", " old");
  if (now - *facts.newest > kBackupEvery) return {Severity::warning, "backup", youngest, look};
  if (facts.same_disk) {
    return {
        Severity::warning, "backup",
        youngest + tongue("。データベースと同じディスクにある", ", on the disk of the database"),
        tongue("別のディスクか別のマシンの場所にする。ディスクが壊れると両方を失う",
               "choose another disk, or another machine's: when it breaks, both are lost")};
  }
  return {Severity::ok, "backup", youngest, ""};
}

Findings clock_findings(const TimeFacts& time, const ClockReading& began, const ClockReading& ended,
                        const Tongue& tongue) {
  Findings findings;
  findings.push_back(
      {Severity::ok, "clock.zone", tongue("時間帯は ", "time zone ") + time.zone, ""});
  if (!time.hold.empty()) {
    findings.push_back(
        {Severity::error, "clock.hold",
         tongue("時刻を信用できず、送信を止めている: ",
                "the clock is not trusted and nothing is sent: ") +
             time.hold,
         tongue("時刻を直す。正しいなら ", "set it right; if it is right: ") + kClockAccept});
  }
  if (time.made_up) {
    findings.push_back(
        {Severity::ok, "clock", tongue("試用の時計で動いている", "runs on a made-up clock"), ""});
    return findings;
  }
  if (time.hold.empty() && time.last_instant && ended.wall < *time.last_instant - kSmallStepBack) {
    findings.push_back(
        {Severity::error, "clock",
         tongue("時刻が、最後に動いた時点（",
                "the clock is behind the last instant"
                " acted on (") +
             to_string(*time.last_instant) + tongue("）より戻っている", ")"),
         tongue("時刻を直す。正しいなら ", "set it right; if it is right: ") + kClockAccept});
  }
  const seconds step = (ended.wall - began.wall) - (ended.since_boot - began.since_boot);
  if (step > kReadingError || step < -kReadingError) {
    findings.push_back(
        {Severity::warning, "clock.step",
         tongue("見ている間に時刻が ", "the clock was moved by ") + std::to_string(step.count()) +
             tongue(" 秒動かされた", " s while we looked"),
         tongue("何が時刻を変えているかを確かめる", "find out what sets the clock")});
  }
  findings.push_back(synchronised_finding(ended.synchronised, tongue));
  return findings;
}

}  // namespace omamori
