#!/usr/bin/python3
"""What `cmake --install` puts where, and whether systemd takes it.

usage: unit_test.py CMAKE BUILD_DIR [unittest arguments]

Everything is installed into a directory of its own (DESTDIR); nothing of this machine changes. How
the unit really runs: box_test.py.
"""
import filecmp
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest

CMAKE, BUILD = sys.argv[1:3]
SOURCE = pathlib.Path(__file__).resolve().parents[2]
# `systemd-analyze security` counts in tenths.
HIGHEST_EXPOSURE = "12"


def run(*command, **environment):
    done = subprocess.run(command, env=os.environ | environment, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def install(root, prefix="/usr"):
    code, said = run(CMAKE, "--install", BUILD, "--prefix", prefix, DESTDIR=str(root))
    if code != 0:
        raise RuntimeError(said)
    return said


def settings(file):
    return tomllib.loads(file.read_text(encoding="utf-8"))


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="omamori-root-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.root = pathlib.Path(cls.temporary.name)
        install(cls.root)
        cls.unit_dir = next(cls.root.glob("**/omamorid.service")).parent
        cls.make_bootable()

    @classmethod
    def make_bootable(cls):
        """The units and the one command of this machine that ours refers to."""
        for unit in pathlib.Path("/lib/systemd/system").iterdir():
            copy = cls.unit_dir / unit.name
            if unit.is_file() and not copy.exists():
                shutil.copy(unit, copy, follow_symlinks=False)
        (cls.root / "bin").mkdir()
        shutil.copy("/bin/kill", cls.root / "bin/kill")

    def analyze(self, *arguments):
        return run("systemd-analyze", f"--root={self.root}", *arguments, "omamorid.service",
                   SYSTEMD_COLORS="0")

    def test_the_unit_is_sound(self):
        self.assertEqual(self.analyze("verify", "--man=no", "--recursive-errors=no"), (0, ""))

    def test_the_unit_may_do_little(self):
        code, said = self.analyze("security", "--offline=true",
                                  f"--threshold={HIGHEST_EXPOSURE}")
        self.assertEqual(code, 0, said)
        self.assertIn("Overall exposure level for omamorid.service: 1.", said)

    def test_each_exception_is_said(self):
        _, said = self.analyze("security", "--offline=true", "--json=short")
        unit = (self.unit_dir / "omamorid.service").read_text(encoding="utf-8")
        said_there = unit[unit.index("# What it may do"):unit.index("CapabilityBoundingSet=")]
        for row in json.loads(said):
            if row["exposure"] is None:
                continue
            # RestrictAddressFamilies=~AF_(INET|INET6): what it is about.
            name = re.sub(r"^RestrictAddressFamilies=~|=.*$|[()]", "", row["name"])
            for word in re.split(r"\|", name.replace("AF_INET|INET6", "AF_INET|AF_INET6")):
                self.assertIn(word, said_there, row["name"])

    def test_what_it_may_hold_is_bounded(self):
        unit = (self.unit_dir / "omamorid.service").read_text(encoding="utf-8")
        self.assertRegex(unit, r"(?m)^MemoryMax=2G$")
        self.assertRegex(unit, r"(?m)^TasksMax=256$")

    def test_the_unit_names_what_is_installed(self):
        unit = (self.unit_dir / "omamorid.service").read_text(encoding="utf-8")
        self.assertNotIn("@bin_dir@", unit)
        [start] = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
        program, option, config = start.removeprefix("ExecStart=").split()
        self.assertEqual((program, option, config),
                         ("/usr/bin/omamorid", "--config", "/etc/omamori/omamori.toml"))
        for file in program, config:
            self.assertTrue((self.root / file.lstrip("/")).is_file(), file)

    def test_the_user_and_the_directories_are_made(self):
        # The root has no users yet, so nothing but our file can make one.
        for tool in (("systemd-sysusers", "--dry-run"), ("systemd-sysusers",)):
            code, said = run(*tool, f"--root={self.root}", "omamori.conf")
            self.assertEqual(code, 0, said)
            self.assertIn("Creating user 'omamori'", said)
        code, said = run("systemd-tmpfiles", f"--root={self.root}", "--create", "omamori.conf")
        if os.geteuid() != 0:
            self.skipTest("only root can give directories to others")
        self.assertEqual((code, said), (0, ""))
        users = (self.root / "etc/passwd").read_text().splitlines()
        [user] = [line.split(":") for line in users if line.startswith("omamori:")]
        uid, gid = int(user[2]), int(user[3])
        for name, owner in (("etc/omamori", 0), ("var/lib/omamori", uid),
                            ("var/lib/omamori/backup", uid)):
            found = (self.root / name).stat()
            self.assertEqual((found.st_uid, found.st_gid, oct(found.st_mode)),
                             (owner, gid, "0o40750"), name)

    def test_the_links_of_the_installed_pages_lead_to_installed_files(self):
        pages = sorted((self.root / "usr/share/doc/omamori").rglob("*.md"))
        links = [(page, link) for page in pages
                 for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))]
        self.assertGreater(len(links), 5)
        for page, link in links:
            self.assertTrue((page.parent / link).is_file(), f"{page}: {link}")

    def test_the_built_in_templates_are_there_to_copy(self):
        found = self.root / "usr/share/doc/omamori/daemon/text/templates"
        self.assertTrue((found / "digest.ja.text.mustache").is_file())
        self.assertFalse((found / "embedded.cc.in").exists())

    def test_the_configuration_is_the_example_at_its_places(self):
        example = settings(SOURCE / "config/omamori.toml")
        installed = settings(self.root / "etc/omamori/omamori.toml")
        example["database"]["path"] = "/var/lib/omamori/omamori.db"
        example["control"]["socket"] = "/run/omamori/control.sock"
        example["backup"]["directory"] = "/var/lib/omamori/backup"
        self.assertEqual(installed, example)
        for name in "policy.toml", "jp-holidays.csv":
            self.assertTrue(filecmp.cmp(SOURCE / "config" / name,
                                        self.root / "etc/omamori" / name, shallow=False), name)

    def test_the_programs_read_the_installed_configuration(self):
        # The same file with /var and /run below a directory of ours: a database of this machine
        # is none of a test's business.
        place = self.root / "moved"
        place.mkdir()
        text = (self.root / "etc/omamori/omamori.toml").read_text(encoding="utf-8")
        (place / "omamori.toml").write_text(
            text.replace('"/var/lib/omamori', f'"{place}').replace('"/run/omamori', f'"{place}'))
        shutil.copy(self.root / "etc/omamori/policy.toml", place)
        shutil.copy(self.root / "etc/omamori/jp-holidays.csv", place)
        programs, config = self.root / "usr/bin", str(place / "omamori.toml")
        code, said = run(str(programs / "omamorictl"), "--config", config, "init")
        self.assertEqual(code, 0, said)
        self.assertTrue((place / "omamori.db").is_file(), said)
        code, said = run(str(programs / "omamorid"), "--config", config, "--once")
        self.assertEqual(code, 0, said)


class Again(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="omamori-root-")
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)

    def test_what_the_office_has_written_stays(self):
        etc = self.root / "etc/omamori"
        etc.mkdir(parents=True)
        (etc / "policy.toml").write_text("# ours\n")
        said = install(self.root)
        self.assertEqual((etc / "policy.toml").read_text(), "# ours\n")
        self.assertIn(f"Kept: {etc}/policy.toml", said)
        self.assertTrue((etc / "omamori.toml").is_file())

    def test_another_prefix_is_where_systemd_looks_too(self):
        install(self.root, "/usr/local")
        unit = self.root / "usr/local/lib/systemd/system/omamorid.service"
        self.assertIn("ExecStart=/usr/local/bin/omamorid ", unit.read_text(encoding="utf-8"))
        for kind in "sysusers.d", "tmpfiles.d":
            self.assertTrue((self.root / "usr/local/lib" / kind / "omamori.conf").is_file(), kind)
        self.assertFalse((self.root / "lib").exists())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
