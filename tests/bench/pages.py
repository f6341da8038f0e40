"""What the doors cost: pages a second behind links in a large city, beside nginx and a file of the
same size; pings a second, beside a program that does no more than bring as many blocks to the disk;
and how long a page takes while mails leave."""
import email
import email.policy
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import peers
import places
from places import Daemon, Place

AT_ONCE = 16  # connections
PACE = 0.005  # seconds between two questions of ask_page.py
ASKER = Path(__file__).resolve().parent / "ask_page.py"
LAST_EVENING = "2026-08-31T18:00"  # of the month that is due
LATE = "2026-09-01T08:29:55"       # the next slot: everybody is told that it has passed


def links_in(mails, most):
    """Of so many mails, as their plain text has them."""
    found = {}
    for file in sorted(mails.iterdir()):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        text = mail.get_body(("plain",)).get_content()
        found.update(dict.fromkeys(re.findall(r"http://[\d.:]+/a/[A-Z2-7]{26}", text)))
        if len(found) >= most:
            break
    return list(found)[:most]


def page_of(link):
    with urllib.request.urlopen(link) as answer:
        return answer.read()


def a_second(url, requests, *options):
    """By ab, which fails unless each was answered 200 and with as many bytes."""
    command = ["ab", "-q", "-k", "-c", str(AT_ONCE), "-n", str(requests), *options, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    failed = re.search(r"Failed requests: +(\d+)", done).group(1)
    if failed != "0" or "Non-2xx" in done:
        raise RuntimeError(f"ab {url}: {done}")
    return float(re.search(r"Requests per second: +([\d.]+)", done).group(1))


def post(link):
    """Is it there?"""
    try:
        with urllib.request.urlopen(urllib.request.Request(link, method="POST")) as answer:
            return answer.read() == b"OK"
    except urllib.error.HTTPError:
        return False


def first_pings_a_second(links):
    """The first of the day of each check makes a record; one after the other."""
    began = time.monotonic()
    if not all(map(post, links)):
        raise RuntimeError("a ping was not taken")
    return len(links) / (time.monotonic() - began)


def blocks_a_second(file, count):
    """Appended and brought to the disk one by one, as a log is."""
    block = b"x" * 4096
    with open(file, "wb") as out:
        began = time.monotonic()
        for _ in range(count):
            out.write(block)
            out.flush()
            os.fdatasync(out.fileno())
        taken = time.monotonic() - began
    file.unlink()
    return count / taken


def pings(place, work, size, line):
    """Each is on the disk before it is answered."""
    checks = [row.partition(",")[0]
              for row in place.ctl("export", "safety_checks", clock=None).splitlines()[1:]]
    links = [place.ctl("check-key", check, clock=None).split()[0]
             for check in checks[:size.pinged_checks]]
    links = [link for link in links if post(link + "/start")]  # whose check is not over
    empty = work / "empty"
    empty.touch()
    first = first_pings_a_second(links)
    again = a_second(links[0], size.pings, "-p", str(empty), "-T", "text/plain")
    blocks = blocks_a_second(work / "blocks", size.pings)
    line("pings that make a record, durable", f"{first:.0f}/s", f"ratio {first / blocks:.2f}")
    line(f"further pings of the day, {AT_ONCE} at once", f"{again:.0f}/s",
         f"ratio {again / blocks:.2f}")
    line("  4 kB blocks brought to that disk, one by one", f"{blocks:.0f}/s", "")


def in_a_large_city(place, work, size, line):
    """`place`: one whose first planning is still to come."""
    port = peers.free_port()
    with peers.smtp_sink(work / "smtp-sink", work / "mails") as sink:
        place.configure(AT_ONCE, smtp_port=sink.port, door_port=port)
        with Daemon(place, places.EVENING) as daemon:
            daemon.wait_ready()
            daemon.wait_planned(size.city_clients, 600)
            daemon.wait_rest(size.quiet_seconds)
            links = links_in(work / "mails", size.runs)
            page = page_of(links[0])
            with peers.nginx_serving(work / "nginx", page) as nginx:
                ours, theirs = [], []
                for link in links:
                    ours.append(a_second(link, size.pages))
                    theirs.append(a_second(f"http://127.0.0.1:{nginx.port}/page", size.pages))
            pings(place, work, size, line)
            daemon.stop()
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    line(f"act pages at {size.city_clients:,} clients", f"{ours:.0f}/s",
         f"{len(page)} bytes, {AT_ONCE} connections")
    line("  nginx, a file of that size", f"{theirs:.0f}/s", f"ratio {ours / theirs:.2f}")
    shutil.rmtree(work / "mails")


class Asker:
    """A program that asks for a page again and again, and tells when it did, and after how many
    seconds the page was there."""

    def __init__(self, link):
        self.process = subprocess.Popen([sys.executable, ASKER, link], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def end(self):
        out, _ = self.process.communicate()
        if self.process.returncode != 0:
            raise RuntimeError("a page did not come while mails left")
        return [tuple(map(float, row.split())) for row in out.splitlines()]


def percentile(seconds, part):
    """In milliseconds, of questions asked at an even pace: whoever would have asked while one
    waited had waited for the rest of that time."""
    waited = [took - late * PACE for took in seconds for late in range(int(took / PACE) + 1)]
    return sorted(waited)[int(len(waited) * part)] * 1000 if waited else float("nan")


def while_mails_leave(made, work, size, line):
    """`made`: a city in which everybody is told at the same slot."""
    port = peers.free_port()
    with peers.smtp_sink(work / "smtp-sink", work / "mails") as sink:
        made.configure(AT_ONCE, smtp_port=sink.port, door_port=port)
        subprocess.run([places.BIN / "omamorid", "--config", made.config, "--clock",
                        places.EVENING, "--fast", "--until", LAST_EVENING], check=True,
                       stderr=subprocess.DEVNULL)
        [link] = links_in(work / "mails", 1)
        with Daemon(made, LATE) as daemon:
            daemon.wait_ready()
            page_of(link)
            asker = Asker(link)
            first, last = daemon.wait_for("told CM-", size.recipients, 300)
            asked = asker.end()
            daemon.stop()
    quiet = [took for begun, took in asked if begun + took < first - size.lead_seconds / 2]
    busy = [took for begun, took in asked if first <= begun <= last]
    longest = max(took for _, took in asked)
    line(f"act page while {size.recipients} mails leave, p99", f"{percentile(busy, 0.99):.0f} ms",
         f"median {percentile(busy, 0.5):.0f} ms; {len(busy)} pages in {last - first:.1f} s")
    line("  before that, nothing to do", f"{percentile(quiet, 0.99):.0f} ms",
         f"median {percentile(quiet, 0.5):.0f} ms")
    line("  the longest, while it is decided who is told", f"{longest * 1000:.0f} ms")
    shutil.rmtree(work / "mails")
