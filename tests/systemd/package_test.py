#!/usr/bin/python3
"""The Debian package: built by cpack, installed, upgraded, removed and purged in a box.

usage: package_test.py CPACK BUILD_DIR [unittest arguments]

What the maintainer scripts do with the service is done by a real systemd (box.py). Skipped
without root; exit code 77 = everything was.
"""
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from box import PROBED, Box, main, run  # noqa: E402

CPACK, BUILD = sys.argv[1:3]


def build_package():
    """The package as a file, in a directory that the end of the program removes."""
    directory = tempfile.TemporaryDirectory(prefix="omamori-package-")
    unittest.addModuleCleanup(directory.cleanup)
    code, said = run(CPACK, "-G", "DEB", "--config", f"{BUILD}/CPackConfig.cmake",
                     "-B", directory.name)
    if code != 0:
        raise RuntimeError(said)
    [file] = pathlib.Path(directory.name).glob("omamori_*.deb")
    return file


def setUpModule():
    global package
    package = build_package()


class File(unittest.TestCase):
    def test_it_depends_on_what_the_programs_are_linked_with(self):
        code, depends = run("dpkg-deb", "--field", str(package), "Depends")
        self.assertEqual(code, 0, depends)
        for name in "libsqlite3-0", "libcurl4", "systemd (>= 252)", "procps":
            self.assertIn(name, depends)

    def test_everything_is_roots_and_below_usr_lib_or_etc(self):
        code, listed = run("dpkg-deb", "--contents", str(package))
        self.assertEqual(code, 0, listed)
        for line in listed.splitlines():
            mode, owner, *_, name = line.split()
            self.assertEqual(owner, "root/root", line)
            self.assertIn(mode, ("drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x"), line)
            self.assertIn(name.split("/")[1], ("etc", "lib", "usr"), line)


class Installed(unittest.TestCase):
    def setUp(self):
        self.box = Box()
        self.addCleanup(self.box.stop)
        why_not = self.box.start()
        if why_not:
            self.skipTest(why_not)
        shutil.copy(package, self.box.place / "omamori.deb")
        self.dpkg("-i", "/run/box/omamori.deb")

    def dpkg(self, *arguments):
        code, said = self.box.inside("dpkg", *arguments)
        self.assertEqual(code, 0, said)
        return said

    def shell(self, command):
        return self.box.inside("sh", "-c", command)

    def active(self):
        return self.box.systemctl("is-active", "omamorid")[1].strip()

    def test_installing_makes_the_place_and_starts_nothing(self):
        self.assertEqual(self.active(), "inactive")
        self.assertEqual(self.shell("stat -c '%U %G %a' /etc/omamori /var/lib/omamori")[1],
                         "root omamori 750\nomamori omamori 750\n")
        self.assertEqual(self.shell("omamorictl init && omamorictl check"),
                         (0, "made the database /var/lib/omamori/omamori.db\nok\n"))

    def test_an_upgrade_keeps_what_was_written_and_restarts_what_ran(self):
        self.shell("echo '# ours' >>/etc/omamori/policy.toml")
        self.box.unit(*PROBED)
        self.assertEqual(self.box.systemctl("start", "omamorid")[0], 0, self.box.log())
        before = self.box.property("MainPID")
        self.dpkg("-i", "/run/box/omamori.deb")
        self.assertEqual(self.active(), "active")
        self.assertNotEqual(self.box.property("MainPID"), before)
        self.assertEqual(self.shell("tail -n1 /etc/omamori/policy.toml")[1], "# ours\n")

    def test_removing_stops_and_purging_keeps_the_records(self):
        self.assertEqual(self.shell("omamorictl init")[0], 0)
        self.box.unit(*PROBED)
        self.assertEqual(self.box.systemctl("start", "omamorid")[0], 0, self.box.log())
        self.dpkg("-r", "omamori")
        self.assertEqual(self.active(), "inactive")
        self.assertEqual(self.shell("ls /etc/omamori")[1],
                         "jp-holidays.csv\nomamori.toml\npolicy.toml\ntoken-key\n")
        self.assertIn("/var/lib/omamori", self.dpkg("-P", "omamori"))
        self.assertNotEqual(self.shell("test -e /etc/omamori")[0], 0)
        self.assertEqual(self.shell("test -s /var/lib/omamori/omamori.db")[0], 0)


if __name__ == "__main__":
    main([sys.argv[0], *sys.argv[3:]])
