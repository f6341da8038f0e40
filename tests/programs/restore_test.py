#!/usr/bin/python3
"""The day the machine burns, rehearsed on the real programs: a copy is restored where the database
was killed, filled up, damaged or emptied, onto another path and onto a second machine; nobody is
told anything until it is released, then everything owed is, and the links of before still work.

usage: restore_test.py BUILD_DIR [unittest arguments]
"""
import contextlib
import datetime
import http.client
import itertools
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.running_city import SOURCE, City, free_port  # noqa: E402

BUILD = sys.argv[1]
COPIED = "2026-11-30T18:00"    # nobody has been told of December
BURNS = "2026-12-02T10:00"     # everybody has


class Burnt(unittest.TestCase):
    """A city whose copy is of the evening before a morning on which everybody was told, and
    somebody recorded a visit."""

    numbers = itertools.count()

    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.url = f"http://127.0.0.1:{cls.port}"
        cls.http = (f'[http]\nlisten = "127.0.0.1:{cls.port}"\npublic_url = "{cls.url}"\n'
                    '[backup]\ndirectory = "backup"\n')
        city = City(BUILD, cls.http)
        city.db = city.place / "omamori.db"
        cls.addClassCleanup(city.close)
        (city.place / "backup").mkdir()
        city.start()
        city.run_to(COPIED)
        city.ctl("backup", str(city.place / "copy.db"))
        copied = len(city.mails())
        city.run_to(BURNS)
        cls.links = city.links(after=copied)
        city.ctl("record", "monitoring", "C-01", "--on", "2026-12-02", "--by", "SM-1")
        city.stop()
        cls.before = city
        cls.told = cls.told_since(city, COPIED)

    def setUp(self):
        """The machine as it is when it burns; the copy is somewhere else."""
        self.city = self.machine("here")
        self.copy = self.before.place / "copy.db"

    def machine(self, name):
        city = City.__new__(City)
        city.bin, city.process, city.temporary = self.before.bin, None, self.before.temporary
        city.place = self.before.place / f"{next(self.numbers)}{name}"
        city.db = city.place / "omamori.db"
        city.place.mkdir(parents=True)
        for file in self.before.place.iterdir():
            if file.name == "outbox" or file.name.startswith(("omamori.", "policy.", "token-key")):
                (shutil.copytree if file.is_dir() else shutil.copy)(file, city.place / file.name)
        (city.place / "backup").mkdir()
        self.addCleanup(city.stop)
        return city

    @staticmethod
    def told_since(city, instant):
        """Who was told of what, by a database that nobody uses."""
        since = datetime.datetime.fromisoformat(f"{instant}+09:00").timestamp()
        with contextlib.closing(sqlite3.connect(f"file:{city.db}?immutable=1", uri=True)) as db:
            return set(db.execute("SELECT staff, obligation FROM item"
                                  " WHERE state = 'told' AND told_at >= ?", (since,)))

    def restore(self, *words, city=None):
        return (city or self.city).ctl("restore", str(self.copy), *words, clock=BURNS)

    def refused(self, *words, city=None):
        city = city or self.city
        done = subprocess.run([city.bin / "omamorictl", "--config", city.place / "omamori.toml",
                               *words], capture_output=True, text=True, check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stderr

    def goes_on(self, city=None, until="2026-12-02T12:10"):
        """The restored one: held, then released; everybody who was told since the copy is told
        once more, and the links they have work."""
        city = city or self.city
        sent = len(city.mails())
        city.start(BURNS)
        city.run_to("2026-12-02T12:00")
        self.assertEqual(len(city.mails()), sent, "nothing leaves before it is released")
        self.assertTrue(self.status(city)["hold"])
        if until < "2026-12-03":
            self.links_work(city)
        city.ctl("restore", "--release")
        city.run_to(until)
        self.links_work(city)
        city.stop()
        again = city.mails()[sent:]
        self.assertEqual(self.told - self.told_since(city, BURNS), set(), "told once more")
        self.assertEqual(len(again), len({(mail["To"], mail["Subject"]) for mail in again}),
                         "each once")

    def links_work(self, city):
        for link in self.links:
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            with contextlib.closing(connection):
                connection.request("GET", link.removeprefix(self.url))
                answer = connection.getresponse()
                answer.read()
                self.assertEqual(answer.status, 200, f"{link}: a link sent after the copy")

    @staticmethod
    def status(city):
        """It is degraded while it is held, which is no refusal."""
        done = subprocess.run([city.bin / "omamorictl", "--config", city.place / "omamori.toml",
                               "status", "--json"], capture_output=True, text=True, check=False)
        return json.loads(done.stdout)

    def kept(self, city=None):
        return sorted((city or self.city).place.glob("omamori.db.replaced-*"))

    # ---- where it burns ----

    def test_a_killed_machine(self):
        """Its log holds what nobody has brought into the file: it is kept with it."""
        self.city.start(BURNS)
        self.city.ctl("record", "contact", "C-02", "--on", "2026-12-02")
        self.city.process.kill()
        self.city.process.wait()
        self.assertTrue(self.city.db.with_name("omamori.db-wal").exists())
        said = self.restore()
        self.assertIn("record.monitoring C-01", said)
        self.assertIn("record.contact C-02", said, "what only the log has is missed, too")
        self.assertIn("May be told once more", said)
        self.assertTrue(any(str(file).endswith("-wal") for file in self.kept()))
        self.assertFalse(self.city.db.with_name("omamori.db-wal").exists())
        self.goes_on()

    def test_a_damaged_machine(self):
        with open(self.city.db, "r+b") as file:
            file.seek(4096)
            file.write(b"\0" * 4096 * 40)
        said = self.restore()
        self.assertIn("What was recorded after 2026-11-30 18:00 is missing", said)
        self.goes_on()

    def test_an_emptied_machine(self):
        """Nothing is left but what /etc holds."""
        for file in self.city.place.glob("omamori.db*"):
            file.unlink()
        said = self.restore()
        self.assertIn("What was recorded after 2026-11-30 18:00 is missing", said)
        self.assertEqual(self.kept(), [])
        self.goes_on()

    def test_a_file_that_was_emptied(self):
        self.city.db.write_bytes(b"")
        self.restore()
        self.goes_on()

    def test_another_path(self):
        toml = self.city.place / "omamori.toml"
        toml.write_text('[database]\npath = "other/place.db"\n' + toml.read_text())
        (self.city.place / "other").mkdir()
        self.city.db = self.city.place / "other" / "place.db"
        self.restore()
        self.goes_on()

    def test_a_second_machine_whose_package_made_a_database(self):
        second = self.machine("second")
        for file in second.place.glob("omamori.db*"):
            file.unlink()
        policy = second.place / "policy.toml"
        policy.write_text(re.sub(r'(?m)^send_at = .*', 'send_at = "09:15"', policy.read_text()))
        second.ctl("init", "--demo", clock=BURNS)
        self.restore(city=second)
        # What came up since the copy is known since today by another policy: told at the next
        # send_at, and until then there is nothing to show by its link.
        self.goes_on(second, until="2026-12-03T10:00")
        self.assertIn("policy", second.ctl("log", "--since", "2026-12-02"))
        self.assertEqual(len(self.kept(second)), 1)

    # ---- what is not restored ----

    def test_a_dry_run_changes_nothing(self):
        before = {file.name: file.read_bytes() for file in self.city.place.glob("omamori.db*")}
        said = self.restore("--dry-run")
        self.assertIn("record.monitoring C-01", said)
        self.assertIn("Nothing was changed", said)
        after = {file.name: file.read_bytes() for file in self.city.place.glob("omamori.db*")}
        before.pop("omamori.db.lock", None), after.pop("omamori.db.lock", None)
        self.assertEqual(before, after)

    def test_a_damaged_copy_is_refused_and_the_database_untouched(self):
        bad = self.city.place / "bad.db"
        shutil.copy(self.copy, bad)
        with open(bad, "r+b") as file:
            file.seek(4096 * 3)
            file.write(b"\0" * 4096 * 20)
        before = self.city.db.read_bytes()
        self.assertIn("Nothing was changed", self.refused("restore", str(bad)))
        self.assertIn(str(bad), self.refused("backup", "verify", str(bad)))
        self.assertEqual(self.city.db.read_bytes(), before)
        self.assertEqual(self.kept(), [])

    def test_while_omamorid_runs_it_is_refused(self):
        self.city.start(BURNS)
        self.assertIn("stop omamorid first", self.refused("restore", str(self.copy)))
        said = self.restore_dry_while_running()
        self.assertIn("stop omamorid to see", said)

    def restore_dry_while_running(self):
        return self.city.ctl("restore", str(self.copy), "--dry-run")

    def test_the_database_of_others_is_not_replaced(self):
        other = self.machine("other")
        for file in other.place.glob("omamori.db*"):
            file.unlink()
        other.ctl("init", "--demo", clock=BURNS)
        other.ctl("import", str(self.before.place / "csv"), clock=BURNS)
        self.assertIn("--another", self.refused("restore", str(self.copy), city=other))
        self.restore("--another", city=other)
        self.assertEqual(len(self.kept(other)), 1)

    def test_a_full_disk_leaves_what_was(self):
        """As on a full disk: what is to be written beside the database cannot be."""
        (self.city.place / "omamori.db.restoring").mkdir()
        (self.city.place / "omamori.db.restoring" / "x").write_text("in the way")
        before = self.city.db.read_bytes()
        self.assertIn("Nothing was changed", self.refused("restore", str(self.copy)))
        self.assertEqual(self.city.db.read_bytes(), before)

    def test_a_restore_that_was_killed_is_finished_by_the_next(self):
        """Between the old file that has gone and the new one that has not come."""
        self.city.start(BURNS)
        self.city.process.kill()
        self.city.process.wait()
        self.city.db.rename(self.city.place / "omamori.db.replaced-20261202T010000Z")
        self.assertIn("is gone", self.refused("list", "clients"))
        self.restore()
        self.assertEqual([file.name for file in self.kept()],
                         ["omamori.db.replaced-20261202T010000Z",
                          "omamori.db.replaced-20261202T010000Z-wal"])
        self.goes_on()

    def test_the_page_for_that_day_is_followed_to_the_letter(self):
        page = (SOURCE / "daemon/backup/README.md").read_text(encoding="utf-8")
        section = page.split("## The day the machine burns")[1]
        steps = re.findall(r"(?m)^    (\S.*)$", section)
        self.assertEqual(len(steps), 8, steps)
        for file in self.city.place.glob("omamori.db*"):
            file.unlink()
        sent = len(self.city.mails())
        for step in steps:
            with self.subTest(step=step):
                self.take(step.replace("COPY", str(self.copy)).replace("TODAY", "2026-12-02"))
        self.assertGreater(len(self.city.mails()), sent, "people are told again")

    def take(self, step):
        program, *words = step.split()
        if program == "systemctl":
            return self.city.start(BURNS) if words[0] == "start" else self.city.stop()
        self.assertEqual(program, "omamorictl")
        if words == ["status"]:
            self.city.run_to("2026-12-02T10:10")
            return self.assertFalse(self.status(self.city)["hold"])
        at = BURNS if words[0] == "restore" and not self.city.process else None
        return self.city.ctl(*words, clock=at)

    # ---- how long, how much ----

    def test_the_copies_are_listed_and_the_newest_is_sound(self):
        self.city.start(BURNS)
        self.city.ctl("backup")
        listed = self.city.ask("backup", "list")
        self.assertEqual(len(listed), 1, listed)
        self.assertTrue(re.search(r"omamori-\d{8}T\d{6}Z\.db$", listed[0]["file"]))
        self.assertIn("sound", self.city.ctl("backup", "verify"))
        began = time.monotonic()
        self.city.stop()
        self.copy = pathlib.Path(listed[0]["file"])
        self.restore()
        print(f"stopped, verified and restored in {time.monotonic() - began:.2f} s")


if __name__ == "__main__":
    unittest.main(argv=["restore_test", "-v"] + sys.argv[2:])
