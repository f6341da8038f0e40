"""Cities and daemons for daemon_bench: a directory each, on a real disk, removed at the end."""
import csv
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "release" / "bin"
EVENING = "2026-08-21T18:00"  # a Friday
SLOT = "2026-08-24T08:30"     # the Monday: "due soon" of August comes to everybody
# Nobody is told but those who are counted.
POLICY = 'weekly_on = "never"\n'

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def config(connections, smtp_port, http_port):
    """omamori.toml of a place. Ports of servers that are not there harm nobody who is idle."""
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
"""


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

    def __init__(self, directory, connections=4, smtp_port=9, http_port=9):
        self.directory = directory
        self.config = directory / "omamori.toml"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "secret").write_text(SECRET + "\n")
        (directory / "policy.toml").write_text(POLICY)
        self.configure(connections, smtp_port, http_port)

    def configure(self, connections, smtp_port, http_port):
        self.config.write_text(config(connections, smtp_port, http_port))

    def ctl(self, *words, clock=EVENING):
        command = [BIN / "omamorictl", "--config", self.config, "--clock", clock, *words]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"omamorictl {words}: {done.stdout[-800:]}{done.stderr[-800:]}")

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
        with sqlite3.connect(self.directory / "omamori.db") as database:
            return database.execute(sql).fetchall()

    def remove(self):
        shutil.rmtree(self.directory)


class Daemon:
    """omamorid with its log read line by line; every line with the wall clock it came at."""

    def __init__(self, place, clock):
        self.lines = []
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = place.directory / "notify"
        path.unlink(missing_ok=True)
        self.notify.bind(str(path))
        self.notify.settimeout(60)
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

    def wait_ready(self):
        """Seconds from the start to READY=1."""
        while b"READY=1" not in self.notify.recv(65536):
            pass
        self.notify.setblocking(False)
        return time.time() - self.begun

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
            if time.time() > deadline or self.process.poll() is not None:
                tail = "".join(line for _, line in self.lines[-5:])
                raise RuntimeError(f"{len(found)} of {count} '{text}' came:\n{tail}")
            time.sleep(0.05)

    def wait_quiet(self, seconds):
        """Until nothing was logged for so long."""
        while not self.lines or time.time() - self.lines[-1][0] < seconds:
            self._drain_status()
            time.sleep(0.2)

    def status(self, name):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M).group(1))

    def cpu_seconds(self):
        # nanoseconds on a CPU, of all threads; utime and stime only count in ticks of 10 ms
        total = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def process_cpu_seconds(self):
        # of threads that have ended too, in ticks of 10 ms
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def idle(self, seconds):
        begin = self.cpu_seconds()
        time.sleep(seconds)
        return self.cpu_seconds() - begin

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.reader.join()
        self.notify.close()
