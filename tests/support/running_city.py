"""The real omamorid with the demonstration's small city, for tests that come in at its doors.

Everything lies in a directory of its own that is gone at the end, and the daemon with it. Its clock
stands until run_to().
"""
import email
import email.policy
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BEFORE = "2026-11-23T18:00"  # a holiday: the city is imported
START = "2026-11-24T08:29:55"
LINK = r"https?://[^\s\"<>]+/(?:a|attendance)/[A-Z2-7]{26}"
MORNING = "2026-12-01T09:00"  # everybody was told of December


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class City:
    """`http` is the text of [http]; `csv` a directory of files instead of the demonstration's."""

    def __init__(self, build, http, csv=SOURCE / "tests/demo/city", before=BEFORE):
        self.bin = pathlib.Path(build) / "bin"
        self.temporary = tempfile.TemporaryDirectory(prefix="omamori-city-")
        self.place = pathlib.Path(self.temporary.name)
        self.process = None
        (self.place / "omamori.toml").write_text('[file]\ndirectory = "outbox"\n' + http)
        (self.place / "csv").mkdir()
        for file in pathlib.Path(csv).glob("*.csv"):
            text = file.read_text(encoding="utf-8").replace("@channels@", "file")
            (self.place / "csv" / file.name).write_text(text, encoding="utf-8")
        self.ctl("init", "--demo", clock=before)
        self.ctl("import", str(self.place / "csv"), clock=before)

    def ctl(self, *words, clock=None):
        at = ["--clock", clock] if clock else []
        command = [self.bin / "omamorictl", "--config", self.place / "omamori.toml", *at, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"omamorictl {words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, clock=START, **environment):
        """Until it says that it is ready, as it would to systemd."""
        notify = self.place / "notify"
        notify.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, \
                open(self.place / "log", "ab") as log:
            manager.bind(str(notify))
            command = [self.bin / "omamorid", "--config", self.place / "omamori.toml",
                       "--clock", clock, "--fast"]
            self.process = subprocess.Popen(
                command, env=os.environ | environment | {"NOTIFY_SOCKET": str(notify)},
                stdout=log, stderr=log)
            manager.settimeout(0.1)  # how often we look whether it has ended instead
            while not self.hears_ready(manager):
                if self.process.poll() is not None:
                    raise RuntimeError(f"omamorid ended:\n{self.log()}")

    @staticmethod
    def hears_ready(manager):
        try:
            return b"READY=1" in manager.recv(4096)
        except TimeoutError:
            return False

    def run_to(self, clock):
        self.ctl("clock", "run-to", clock)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def close(self):
        self.stop()
        self.temporary.cleanup()

    def log(self):
        return (self.place / "log").read_text(encoding="utf-8")

    def ask(self, *words):
        return json.loads(self.ctl(*words, "--json"))

    def mails(self):
        """As the mail programs of those who get them read them, in the order of their dates."""
        read = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                for file in sorted((self.place / "outbox").glob("*.eml"))]
        return sorted(read, key=lambda mail: mail["Date"].datetime)

    def links(self, to="", after=0):
        """Each once, out of the plain text and the HTML of mails to that address, without the first
        so many of all."""
        found = {}
        for mail in self.mails()[after:]:
            if to not in mail["To"]:
                continue
            for part in mail.walk():
                if part.get_content_maintype() == "text":
                    found.update(dict.fromkeys(re.findall(LINK, part.get_content())))
        return list(found)
