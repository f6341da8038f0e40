"""Cities and daemons for daemon_bench: a directory each, on a real disk, removed at the end."""
import csv
import datetime
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "release" / "bin"
EVENING = "2026-08-21T18:00"  # a Friday
# The Monday: "due soon" of August comes to everybody.
SLOT = datetime.datetime.fromisoformat("2026-08-24T08:30:00+09:00")
# Nobody is told but those who are counted.
POLICY = 'weekly_on = "never"\n'

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def before_slot(seconds):
    return (SLOT - datetime.timedelta(seconds=seconds)).isoformat()


def config(connections, smtp_port, http_port, door_port):
    """omamori.toml of a place. Ports of servers that are not there harm nobody who is idle."""
    at = f"127.0.0.1:{door_port}"
    doors = f'[http]\nlisten = "{at}"\npublic_url = "http://{at}"\n' if door_port else ""
    return f"""[database]
path = "omamori.db"
[policy]
path = "policy.toml"
[smtp]
host = "127.0.0.1"
port = {smtp_port}
tls = "none"
from = "omamori@city.example"
connections = {connections}
[webhook.endpoint.case-tool]
url = "http://127.0.0.1:{http_port}/hook"
secret_file = "secret"
{doors}"""


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header.split(","))
        out.writerows(rows)


def write_recipients_city(directory, recipients, channel):
    """So many case managers with one client each, of whom one month is due on 2026-08-31."""
    directory.mkdir(parents=True)
    write_csv(directory / "offices.csv", "office_code,name,supervisor,core_center",
              [["OF-1", "見本相談支援センター", "SV-1", ""]])
    endpoint = "case-tool" if channel == "webhook" else ""
    staff = [["SV-1", "見本 花子", "supervisor", "", "sv-1@city.example", "", "email"],
             ["OP-1", "見本 次郎", "operator", "", "op-1@city.example", "", "email"]]
    staff += [[f"CM-{i:04}", f"例山 {i}", "case_manager", "OF-1", f"cm-{i:04}@office.example",
               endpoint, channel] for i in range(recipients)]
    write_csv(directory / "staff.csv", "staff_code,name,role,office_code,email,webhook,channels",
              staff)
    write_csv(directory / "clients.csv",
              "client_code,name,certificate_no,office_code,case_manager,plan_kind,decision_start,"
              "decision_end,decision_kind,interval_months,monitoring_months,watched_from",
              [[f"C-{i:04}", f"仮名沢 {i}", f"99{i:08}", "OF-1", f"CM-{i:04}", "regular",
                "2026-04-01", "2027-03-31", "renewal", "", "2026-08", "2026-08-01"]
               for i in range(recipients)])


class Place:
    """A directory with configuration and a demo database."""

    def __init__(self, directory):
        self.directory = directory
        self.config = directory / "omamori.toml"
        directory.mkdir(parents=True, exist_ok=True)
        # One that others may read is refused.
        (directory / "secret").touch(mode=0o600)
        (directory / "secret").write_text(SECRET + "\n")
        (directory / "policy.toml").write_text(POLICY)
        self.configure()

    def configure(self, connections=4, smtp_port=9, http_port=9, door_port=None):
        self.config.write_text(config(connections, smtp_port, http_port, door_port))

    def ctl(self, *words, clock=EVENING):
        """What it prints. `clock` is None while a daemon runs, which has one."""
        own_clock = ["--clock", clock] if clock else []
        command = [BIN / "omamorictl", "--config", self.config, *own_clock, *words]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"omamorictl {words}: {done.stdout[-800:]}{done.stderr[-800:]}")
        return done.stdout

    def make(self, csv_directory):
        self.ctl("init", "--demo")
        self.ctl("import", csv_directory)

    def copy(self, directory):
        shutil.copytree(self.directory, directory)
        other = Place.__new__(Place)
        other.directory, other.config = directory, directory / "omamori.toml"
        return other

    def rows(self, sql):
        """Of a database that no daemon holds."""
        # closed, not only committed: else the next daemon finds the database locked
        with closing(sqlite3.connect(self.directory / "omamori.db")) as database:
            return database.execute(sql).fetchall()

    def remove(self):
        shutil.rmtree(self.directory)


class Daemon:
    """omamorid with its log read line by line; every line with the wall clock it came at. Whoever
    waits for something gives up when it warns of anything. Behind `with` nothing of it runs."""

    def __init__(self, place, clock):
        self.place = place
        self.lines = []
        self.complaints = []
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = place.directory / "notify"
        path.unlink(missing_ok=True)
        self.notify.bind(str(path))
        self.notify.settimeout(0.2)
        environment = dict(os.environ, NOTIFY_SOCKET=str(path))
        self.begun = time.time()
        self.process = subprocess.Popen(
            [BIN / "omamorid", "--config", place.config, "--clock", clock], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.append((time.time(), line))
            if re.search(r" (warning|error|critical): ", line):
                self.complaints.append(line)

    def wait_ready(self):
        """Seconds from the start to READY=1."""
        deadline = time.time() + 60
        while True:
            try:
                if b"READY=1" in self.notify.recv(65536):
                    break
            except TimeoutError:
                self._give_up_after(deadline, "it does not become ready")
        ready = time.time() - self.begun
        self.notify.setblocking(False)
        return ready

    def machine_second_of_slot(self):
        """When the slot comes by the machine's clock. The daemon's runs in whole seconds beside
        it: its word counts if it was given within one of the machine's."""
        while True:
            before = int(time.time())
            shown = json.loads(self.place.ctl("clock", "show", "--json", clock=None))["now"]
            if int(time.time()) == before:
                now = datetime.datetime.fromisoformat(shown.replace("Z", "+00:00"))
                return before + int((SLOT - now).total_seconds())

    def _drain_status(self):
        try:
            while True:
                self.notify.recv(65536)
        except BlockingIOError:
            pass

    def wait_for(self, text, count, seconds):
        """The instants of the first and the `count`th line with `text`."""
        deadline = time.time() + seconds
        while True:
            self._drain_status()
            found = [at for at, line in self.lines if text in line]
            if len(found) >= count:
                return found[0], found[count - 1]
            self._give_up_after(deadline, f"{len(found)} of {count} '{text}' came")
            time.sleep(0.05)

    def wait_planned(self, clients, seconds):
        """The instant at which so many clients had been planned; it does some thousand a turn."""
        deadline = time.time() + seconds
        while True:
            self._drain_status()
            planned = 0
            for at, line in self.lines:
                of_turn = re.search(r"(\d+) clients planned", line)
                planned += int(of_turn.group(1)) if of_turn else 0
                if planned >= clients:
                    return at
            self._give_up_after(deadline, f"{planned} of {clients} clients were planned")
            time.sleep(0.05)

    def wait_rest(self, seconds):
        """Until for so long nothing was logged and it had less than a hundredth of a CPU: what it
        does after a start, looking through the database, it does without a word."""
        deadline = time.time() + 600
        while True:
            lines, cpu = len(self.lines), self.cpu_seconds()
            time.sleep(seconds)
            self._drain_status()
            if len(self.lines) == lines and self.cpu_seconds() - cpu < seconds / 100:
                return
            self._give_up_after(deadline, "it does not come to rest")

    def _give_up_after(self, deadline, why):
        if time.time() > deadline or self.process.poll() is not None or self.complaints:
            tail = "".join(self.complaints[:3] or [line for _, line in self.lines[-5:]])
            raise RuntimeError(f"{why}; the last lines of omamorid:\n{tail}")

    def status(self, name):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1))

    def cpu_seconds(self):
        """Of all its threads, also those that have ended, to the nanosecond."""
        return time.clock_gettime((~self.process.pid << 3) | 2)  # as clock_getcpuclockid has it

    def idle(self, seconds):
        begin = self.cpu_seconds()
        time.sleep(seconds)
        return self.cpu_seconds() - begin

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.end()
        if status != 0 or self.complaints:
            raise RuntimeError(f"omamorid ended with {status}: {''.join(self.complaints[:3])}")

    def end(self):
        """Whatever it is doing. Nothing happens if it has ended."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.notify.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
