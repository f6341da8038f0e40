"""What a backup costs while it is needed least: at the slot at which everybody is told, with a
policy that has just changed, so that everybody is planned again; beside the same morning without.
And how long it takes until a restored city works again."""
import threading
import time

import pages
import peers
import places
from places import Daemon

CHANGED = places.POLICY + "lapse_response_days = 9\n"


class Backup:
    """`omamorictl backup` in a thread of its own; how long it took."""

    def __init__(self, place, file):
        self.seconds, self.why = None, None
        self.thread = threading.Thread(target=self._make, args=(place, file))
        self.thread.start()

    def _make(self, place, file):
        began = time.monotonic()
        try:
            place.ctl("backup", file, clock=None)
            self.seconds = time.monotonic() - began
        except RuntimeError as error:
            self.why = error

    def end(self):
        self.thread.join()
        if self.why:
            raise self.why
        return self.seconds


def wait_quiet(daemon, seconds):
    """Until it has said nothing for so long; it is asked for pages all the while."""
    while time.time() - daemon.lines[-1][0] < seconds:
        daemon.wait_for("", 1, seconds)
        time.sleep(0.1)


def morning(begin, port, size, copy=None):
    """`begin` makes a place whose slot is near, and its daemon. Seconds from the slot until
    everybody is told and planned again; of the longest page meanwhile and the 99 % that were
    shorter, in ms; of the backup; how many were told."""
    place, daemon, slot = begin()
    with daemon:
        asker = pages.Asker(f"http://127.0.0.1:{port}/healthz")
        time.sleep(max(0, slot - time.time()))
        (place.directory / "policy.toml").write_text(CHANGED)  # it is watched
        backup = Backup(place, copy) if copy else None
        daemon.wait_for("policy", 1, 600)
        daemon.wait_planned(size.city_clients, 600)
        wait_quiet(daemon, size.quiet_seconds)
        told = [at for at, line in daemon.lines if " told " in line and at >= slot]
        made = backup.end() if backup else None
        ended = max([at for at, line in daemon.lines if "clients planned" in line] + told)
        asked = [took for at, took in asker.end() if slot <= at <= ended]
        daemon.stop()
    if not told:
        raise RuntimeError("nobody was told")
    return place, (ended - slot, max(asked) * 1000, pages.percentile(asked, 0.99), made, len(told))


def restored(place, copy, size, line):
    """The day the machine burns, with what is needed put ready."""
    began = time.monotonic()
    place.ctl("backup", "verify", copy)
    verified = time.monotonic()
    place.ctl("restore", copy, clock="2026-08-25T09:00")
    done = time.monotonic()
    with Daemon(place, "2026-08-25T09:01") as daemon:
        ready = daemon.wait_ready()
        # It warns that the policy is another one than the copy's, which stop() does not let pass.
        daemon.process.terminate()
        daemon.process.wait()
    megabytes = copy.stat().st_size / 1e6
    line(f"RTO: verify, restore, start; {size.city_clients:,} clients",
         f"{done - began + ready:.1f} s",
         f"{verified - began:.1f} + {done - verified:.1f} + {ready:.1f} s; {megabytes:.0f} MB")


def while_everything_happens(begin, port, work, size, line):
    place, (seconds, longest, p99, _, told) = morning(begin, port, size)
    place.remove()
    copy = work / "copy.db"
    place, (busy, busy_longest, busy_p99, made, _) = morning(begin, port, size, copy)
    line(f"{told} mails, {size.city_clients:,} planned anew, a backup", f"{busy:.1f} s",
         f"backup {made:.1f} s; page p99 {busy_p99:.0f}, longest {busy_longest:.0f} ms")
    line("  the same morning without a backup", f"{seconds:.1f} s",
         f"page p99 {p99:.0f}, longest {longest:.0f} ms", f"ratio {seconds / busy:.2f}")
    restored(place, copy, size, line)
    copy.unlink()
    place.remove()
