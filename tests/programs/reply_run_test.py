#!/usr/bin/python3
"""Replies by mail, from digest to reply to receipt: the real omamorid, a real Postfix that hands
over what comes to an alias, and fetchmail that takes it from Dovecot. The configurations are the
lines of systemd/README.md as they stand there; only hosts, ports, paths and the user are this
machine's.

usage: reply_run_test.py BUILD_DIR [unittest arguments]

Ends with 77, skipped, where it is not root or one of the programs is missing.
"""
import email.message
import email.utils
import pathlib
import pwd
import re
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.mail_servers import (OURS, PROGRAMS, USER, Dovecot, Fetchmail, Mailboxes,  # noqa: E402
                                  Postfix, are_possible, block, wait_for)
from support.running_city import MORNING, SOURCE, City  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).resolve()
SKIPPED = 77
MANAGER = "sm-1@keyaki.example"
VOUCHED = "mail.city.example; dkim=pass header.d=keyaki.example"
REPLIES = "omamori+{code}@city.example"
SOON = "2026-12-01T09:20"  # what was recorded in the morning can still be taken back


class Replies(unittest.TestCase):
    OURS_IS_A_MAILBOX = False

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="omamori-replies-",
                                                ignore_cleanup_errors=True)
        cls.addClassCleanup(temporary.cleanup)
        cls.place = pathlib.Path(temporary.name)
        cls.place.chmod(0o755)
        (cls.place / "csv").mkdir()
        for file in (SOURCE / "tests/demo/city").glob("*.csv"):
            text = file.read_text(encoding="utf-8").replace("@channels@", "email")
            text = text.replace("op-1@city.example", "op-1@desk.example")
            (cls.place / "csv" / file.name).write_text(text, encoding="utf-8")
        addresses = re.findall(r"[^,]+@[a-z.]+", (cls.place / "csv/staff.csv").read_text())
        cls.mailboxes = Mailboxes(cls.place / "boxes")
        cls.postfix = Postfix(cls.place / "postfix", cls.mailboxes,
                              addresses + [OURS] * cls.OURS_IS_A_MAILBOX)
        cls.addClassCleanup(cls.postfix.stop)
        cls.postfix.start()
        shutil.copy(BUILD / "bin/omamorictl", cls.place)  # where USER may go
        cls.command = f"{cls.place}/omamorictl --config {cls.place}/city/omamori.toml"

    def open_city(self, require=""):
        self.mailboxes.empty()
        self.city = City(BUILD, f'[smtp]\nhost = "127.0.0.1"\nport = {self.postfix.port}\n'
                                f'tls = "none"\nfrom = "{OURS}"\n[reply]\n'
                                f'address = "{REPLIES}"\nrequire = "{require}"\n',
                         csv=self.place / "csv")
        self.addCleanup(self.city.close)
        # As the service's directories are its group's, so is the socket that it makes here.
        shutil.chown(self.city.place, group=pwd.getpwnam(USER).pw_gid)
        self.city.place.chmod(0o2750)
        (self.place / "city").unlink(missing_ok=True)
        (self.place / "city").symlink_to(self.city.place)

    def digest(self):
        """What the case manager reads on the first of December."""
        self.city.start()
        self.city.run_to(MORNING)
        return self.next_mail(0)

    def next_mail(self, known):
        """The one after so many that the case manager has."""
        wait_for("a mail to the case manager",
                 lambda: len(self.mailboxes.mails(MANAGER)) > known)
        return self.mailboxes.mails(MANAGER)[known]

    @staticmethod
    def text(mail):
        return mail.get_body(("plain",)).get_content()

    def reply(self, mail, words, charset="utf-8", sender=MANAGER):
        """As a mail program makes it, with what is answered below."""
        reply = email.message.EmailMessage()
        reply["From"] = f"見本 一郎 <{sender}>"
        reply["To"] = mail["Reply-To"]
        reply["Subject"] = "Re: " + mail["Subject"]
        reply["Message-ID"] = email.utils.make_msgid(domain="keyaki.example")
        reply["In-Reply-To"] = mail["Message-ID"]
        reply["Date"] = email.utils.localtime()
        quoted = "".join("> " + line + "\n" for line in self.text(mail).splitlines())
        reply.set_content(f"{words}\n\n{quoted}", charset=charset)
        return reply

    def number_of(self, client, mail):
        [number] = re.findall(rf"(?m)^\W*(\d+)\W.*{client}", self.text(mail))
        return number

    def visits(self):
        return self.city.ctl("export", "monitorings").count("C-01,2026-12-01")

    def refused(self):
        return {row["reason"]: row["count"] for row in self.city.ask("status")["mail_refused"]}

    def received_by(self):
        """Who handed replies over, by the journal."""
        return [row["actor"] for row in self.city.ask("log", "--kind", "mail.received")]


class ByAlias(Replies):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postfix.use_alias(cls.command)

    def test_from_digest_to_reply_to_receipt_and_back(self):
        self.open_city()
        digest = self.digest()
        self.assertRegex(digest["Reply-To"], r"^<?omamori\+[a-z2-7]{8}@city\.example>?$")
        number = self.number_of("C-01", digest)
        self.postfix.send(self.reply(digest, f"{number} 訪問 12/1", charset="iso-2022-jp"))
        receipt = self.next_mail(1)
        self.assertIn("C-01　訪問した（2026-12-01）", self.text(receipt))
        self.assertIn("「取消」", self.text(receipt))
        self.assertEqual(receipt["Reply-To"], digest["Reply-To"])
        self.assertEqual(self.visits(), 1)
        uid = pwd.getpwnam(USER).pw_uid
        self.assertEqual(self.received_by(), [f"uid:{uid}"], "whose the alias database is")

        self.postfix.send(self.reply(receipt, "取消"))
        self.assertIn("取り消しました", self.text(self.next_mail(2)))
        self.assertEqual(self.visits(), 0)

        self.postfix.send(self.reply(digest, "1 訪問 12/1", sender="sm-2@keyaki.example"))
        wait_for("a count of what was refused", self.refused)
        self.assertEqual(self.refused(), {"no code of a message to its sender": 1})
        self.assertEqual(self.visits(), 0)
        self.assertEqual(len(self.mailboxes.mails(MANAGER)), 3, "and nobody hears of it")
        self.assertEqual(self.postfix.waiting(), [])

    def test_while_omamorid_is_away_the_reply_waits_and_is_recorded_once(self):
        self.open_city()
        digest = self.digest()
        self.city.stop()
        reply = self.reply(digest, f"{self.number_of('C-01', digest)} 訪問 12/1")
        self.postfix.send(reply)
        [reason] = wait_for("a mail in the queue", self.postfix.waiting)
        self.assertIn("temporary failure", reason)
        self.postfix.run("postqueue", "-f")
        self.city.start(SOON)
        self.postfix.run("postqueue", "-f")
        self.assertIn("C-01　訪問した（2026-12-01）", self.text(self.next_mail(1)))
        wait_for("an empty queue", lambda: not self.postfix.run("postqueue", "-j"))
        self.assertEqual(self.visits(), 1)

        self.postfix.send(reply)  # as one that did not hear that it was taken
        self.assertEqual(self.text(self.next_mail(2)), self.text(self.next_mail(1)))
        self.assertEqual(self.visits(), 1)

    def test_what_a_stranger_writes_in_our_servers_name_does_not_vouch_for_them(self):
        self.open_city(require="dkim=pass")
        digest = self.digest()

        def forged():
            reply = self.reply(digest, f"{self.number_of('C-01', digest)} 訪問 12/1")
            reply["Authentication-Results"] = VOUCHED
            return reply

        self.postfix.send(forged())
        self.next_mail(1)
        self.assertEqual(self.visits(), 1, "without the line of the document anybody can write one")
        headers = self.postfix.directory / "headers"
        headers.write_text("\n".join(block("header line")))
        self.postfix.add("main.cf", f"header_checks = regexp:{headers}\n")
        self.postfix.run("postfix", "reload")
        self.postfix.send(forged())
        wait_for("a count of what was refused", self.refused)
        self.assertEqual(self.refused(), {"not dkim=pass": 1})


class ByFetchmail(Replies):
    OURS_IS_A_MAILBOX = True

    def fetch(self):
        here = pathlib.Path(tempfile.mkdtemp(dir=self.place))
        here.chmod(0o755)
        self.server = Dovecot(here / "dovecot", self.mailboxes.directory / OURS)
        self.addCleanup(self.server.stop)
        self.fetchmail = Fetchmail(here / "fetchmail", self.command, self.server)
        self.addCleanup(self.fetchmail.stop)

    def is_fetched(self):
        return not self.mailboxes.files(OURS)

    def test_a_mailbox_is_emptied_and_kept_while_omamorid_is_away(self):
        self.open_city()
        digest = self.digest()
        self.postfix.send(self.reply(digest, f"{self.number_of('C-01', digest)} 訪問 12/1"))
        wait_for("a reply in the mailbox", lambda: self.mailboxes.files(OURS))
        self.fetch()
        receipt = self.next_mail(1)
        self.assertIn("C-01　訪問した（2026-12-01）", self.text(receipt))
        wait_for("an empty mailbox", self.is_fetched)
        self.assertEqual(self.visits(), 1)

        self.city.stop()
        self.postfix.send(self.reply(receipt, "取消"))
        wait_for("a reply in the mailbox", lambda: self.mailboxes.files(OURS))
        self.fetchmail.look_again()
        wait_for("a mail that cannot be handed over",
                 lambda: "MDA returned nonzero status 75" in self.fetchmail.log())
        self.assertEqual(len(self.mailboxes.files(OURS)), 1)
        self.city.start(SOON)
        self.fetchmail.look_again()
        self.assertIn("取り消しました", self.text(self.next_mail(2)))
        wait_for("an empty mailbox", self.is_fetched)
        self.assertEqual(self.visits(), 0)

    def test_the_mail_server_vouches_for_a_mail_that_is_fetched(self):
        self.open_city(require="dkim=pass")
        digest = self.digest()
        reply = self.reply(digest, f"{self.number_of('C-01', digest)} 訪問 12/1")
        delivered = email.message.EmailMessage()
        delivered["Return-Path"] = f"<{MANAGER}>"
        delivered["Received"] = ("from smtp.keyaki.example by mail.city.example with ESMTPS; "
                                 "Tue, 1 Dec 2026 09:00:00 +0900")
        delivered["Authentication-Results"] = VOUCHED
        reply_bytes = delivered.as_bytes().rstrip(b"\n") + b"\n" + reply.as_bytes()
        self.mailboxes.put(OURS, reply_bytes)
        self.fetch()
        self.assertIn("C-01　訪問した（2026-12-01）", self.text(self.next_mail(1)))
        self.assertEqual(self.visits(), 1)
        self.assertEqual(self.refused(), {})


if __name__ == "__main__":
    if not are_possible():
        print("skipped: not root, or one of these is missing:", *PROGRAMS)
        sys.exit(SKIPPED)
    unittest.main(argv=["reply_run_test", "-v"] + sys.argv[2:])
