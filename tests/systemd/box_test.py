#!/usr/bin/python3
"""The installed service under a real systemd (box.py): what it may, its secrets, its ends.

usage: box_test.py CMAKE BUILD_DIR [unittest arguments]

Skipped without root; exit code 77 = everything was.
"""
import sys
import unittest

sys.dont_write_bytecode = True
from box import PROBED, Box, ask_until, main, run  # noqa: E402

CMAKE, BUILD = sys.argv[1:3]


def install(directory):
    code, said = run(CMAKE, "--install", BUILD, "--prefix", "/usr", DESTDIR=str(directory))
    if code != 0:
        raise RuntimeError(said)


class Service(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.box = Box()
        cls.addClassCleanup(cls.box.stop)
        why_not = cls.box.start(install)
        if why_not:
            raise unittest.SkipTest(why_not)

    def tearDown(self):
        self.box.systemctl("stop", "omamorid")
        self.box.inside("sh", "-c", "rm -rf /etc/credstore /etc/credstore.encrypted")

    def start(self, *lines):
        self.box.unit(*lines)
        return self.box.systemctl("start", "omamorid")

    def test_it_may_what_it_needs_and_no_more(self):
        code, said = self.start(*PROBED)
        self.assertEqual(code, 0, said + self.box.log())
        self.assertEqual(self.box.property("StatusText"), "all told")
        answers = dict(line.split() for line in self.box.log().splitlines())
        self.assertEqual({name for name, answer in answers.items() if answer == "yes"},
                         {"inotify", "timerfd", "control-socket", "inet", "inet6",
                          "read-configuration", "write-state", "write-backup"})
        self.assertEqual({name for name, answer in answers.items() if answer == "no"},
                         {"write-configuration", "write-elsewhere", "netlink", "set-clock",
                          "homes", "other-processes"})

    def test_reload_is_a_hangup(self):
        self.start(*PROBED)
        code, said = self.box.systemctl("reload", "omamorid")
        self.assertEqual(code, 0, said)
        self.box.wait_for_log("reload")
        self.assertEqual(self.box.property("ActiveState"), "active")

    def test_a_secret_is_a_credential_if_there_is_one(self):
        self.assertEqual(self.start(*PROBED)[0], 0)
        self.assertNotIn("credential", self.box.log())
        self.box.systemctl("stop", "omamorid")
        self.box.inside("sh", "-c", "mkdir -p /etc/credstore && umask 077 &&"
                        " echo plain >/etc/credstore/omamori.smtp-password")
        self.assertEqual(self.start(*PROBED)[0], 0)
        self.assertIn("credential smtp-password plain", self.box.log())

    def test_a_secret_may_be_encrypted(self):
        code, said = self.box.inside(
            "sh", "-c", "mkdir -p /etc/credstore.encrypted && echo sealed | systemd-creds encrypt"
            " --with-key=host --name=smtp-password - "
            "/etc/credstore.encrypted/omamori.smtp-password")
        self.assertEqual(code, 0, said)
        code, said = self.start(*PROBED,
                                "LoadCredentialEncrypted=smtp-password:omamori.smtp-password")
        self.assertEqual(code, 0, said)
        self.assertIn("credential smtp-password sealed", self.box.log())

    def test_the_program_does_its_work_in_it(self):
        code, said = self.box.inside("omamorictl", "--config", "/etc/omamori/omamori.toml", "init")
        self.assertEqual(code, 0, said)
        code, said = self.start("RestartSec=0")
        self.assertEqual(code, 0, said + self.box.log())
        code, said = self.box.inside("stat", "-c", "%U %G %a", "/var/lib/omamori/omamori.db")
        self.assertEqual(said, "omamori omamori 600\n")
        code, said = self.box.inside("stat", "-c", "%U %G %a", "/run/omamori/control.sock")
        self.assertEqual(said, "omamori omamori 660\n")
        # Over the socket: the database is the daemon's.
        code, said = self.box.inside("omamorictl", "status", "--json")
        self.assertEqual((code, '"state":"sound"' in said), (0, True), said)
        ask_until(lambda: self.box.property("StatusText").startswith("sound"))
        self.assertIn("ready: 0 clients", self.box.log())

        # An editor breaks policy.toml: the former one stays, and it is said.
        policy = "/etc/omamori/policy.toml"
        self.box.inside("sh", "-c", f"cp {policy} /tmp/good && echo 'send_at = 8' >>{policy}")
        self.box.wait_for_log("the policy in force stays")
        code, said = self.box.inside("omamorictl", "status")
        self.assertEqual(code, 1, said)
        self.box.inside("sh", "-c", f"mv /tmp/good {policy}")
        code, said = self.box.systemctl("reload", "omamorid")
        self.assertEqual(code, 0, said)
        ask_until(lambda: self.box.inside("omamorictl", "status")[0] == 0)

        # Killed, it comes back; asked to stop, it ends well.
        pid = self.box.property("MainPID")
        self.box.inside("kill", "-9", pid)
        ask_until(lambda: self.box.property("MainPID") not in ("0", pid))
        ask_until(lambda: self.box.inside("omamorictl", "status")[0] == 0)
        self.box.systemctl("stop", "omamorid")
        self.assertEqual(self.box.property("Result"), "success")
        self.assertEqual(self.box.inside("omamorictl", "check"), (0, "ok\n"))

    def test_what_only_a_person_can_mend_is_not_tried_again(self):
        for status, state in ((78, "failed"), (2, "failed"), (3, "activating")):
            with self.subTest(status=status):
                code, _ = self.start("ExecStart=", f"ExecStart=/bin/sh -c 'exit {status}'",
                                     "RestartSec=1h")  # no second try while it is looked at
                self.assertNotEqual(code, 0)
                self.assertEqual(self.box.property("ExecMainStatus"), str(status))
                self.assertEqual(self.box.property("ActiveState"), state)
                self.box.systemctl("stop", "omamorid")
                self.box.systemctl("reset-failed", "omamorid")


if __name__ == "__main__":
    main([sys.argv[0], *sys.argv[3:]])
