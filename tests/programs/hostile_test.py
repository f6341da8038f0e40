#!/usr/bin/python3
"""Requests to the real omamorid that nobody's browser sends, with a link that works: what is read
two ways is refused, what is slow, large or cut off harms nobody else, and nothing is recorded that
was not sent whole.

usage: hostile_test.py BUILD_DIR [unittest arguments]

How bytes become requests in every detail: tests/serve/http_reader_test.cc.
"""
import pathlib
import re
import socket
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.running_city import MORNING, City, free_port  # noqa: E402

BUILD = sys.argv[1]
FORM = b"act=visited&on=2026-12-01"
TYPE = "Content-Type: application/x-www-form-urlencoded\r\n"


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.at = ("127.0.0.1", free_port())
        url = f"http://{cls.at[0]}:{cls.at[1]}"
        cls.city = City(BUILD, f'[http]\nlisten = "{url[7:]}"\npublic_url = "{url}"\n')
        cls.addClassCleanup(cls.city.close)
        cls.city.start()
        cls.city.run_to(MORNING)
        cls.link = cls.city.links(to="SM-1")[0].removeprefix(url)
        cls.token = cls.link.removeprefix("/a/")

    def connect(self):
        connection = socket.create_connection(self.at)
        self.addCleanup(connection.close)
        return connection

    @staticmethod
    def hear(connection):
        heard = b""
        try:
            while got := connection.recv(65536):
                heard += got
        except ConnectionError:
            pass
        return heard.decode(errors="replace")

    def say(self, text, last=True):
        connection = self.connect()
        try:
            connection.sendall(text if isinstance(text, bytes) else text.encode())
            if last:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has refused already
        return self.hear(connection)

    def get(self, target, fields="Host: o\r\n", method="GET"):
        return self.say(f"{method} {target} HTTP/1.1\r\n{fields}Connection: close\r\n\r\n")

    def head_of_form(self, length, more=""):
        return (f"POST {self.link} HTTP/1.1\r\nHost: o\r\n{TYPE}Content-Length: {length}\r\n"
                f"{more}\r\n").encode()

    def state(self):
        [head] = self.city.ask("log", "--limit", "1")
        return head["hash"], self.city.ctl("export", "monitorings")

    def check_alive_and_unchanged(self, before):
        self.assertIn("訪問を記録する", self.get(self.link))
        self.assertEqual(self.state(), before)

    def test_another_way_to_write_the_address_is_another_address(self):
        before = self.state()
        gone = re.sub("(?i)date:.*", "", self.get("/a/" + "A" * 26)).replace("A" * 26, "")
        for path in (f"/a/{self.token}x", f"/a/{self.token[:-1]}", f"/a/{self.token}%20",
                     f"/a/{self.token}/", f"/a/{self.token}/x",
                     f"/a//{self.token}", f"/a/undo/{self.token}"):
            heard = self.get(path)
            self.assertTrue(heard.startswith("HTTP/1.1 404 "), path + heard)
            self.assertNotIn("C-01", heard)
            self.assertEqual(re.sub("(?i)date:.*", "", heard), gone, "all alike from outside")
        for path in (f"/A/{self.token}", f"//a/{self.token}", f"/b/../a/{self.token}x"):
            self.assertRegex(self.get(path), "^HTTP/1.1 40[04] ", path)
        self.check_alive_and_unchanged(before)

    def test_what_two_could_read_as_two_paths_is_refused(self):
        before = self.state()
        for path in (f"/a/../a/{self.token}", f"/./a/{self.token}", f"/a/%2e%2e/a/{self.token}",
                     f"/a%2f{self.token}", f"/a/{self.token}%2fundo", f"/a\\{self.token}",
                     f"/a/{self.token}%00", f"/a/{self.token}%0d%0aX:%20y", f"/a/{self.token}%",
                     f"/a/{self.token}%zz", f"/a/{self.token}%c0%af", f"/a/{self.token}#x",
                     f"http://o{self.link}", f"o{self.link}", f"/a/{self.token}\t",
                     f"/a/{self.token}?x=%ff"):
            heard = self.get(path)
            self.assertTrue(heard.startswith("HTTP/1.1 400 "), path + heard)
            self.assertNotIn(self.token, heard)
        self.check_alive_and_unchanged(before)

    def test_no_host_that_is_said_is_believed(self):
        usual = self.get(self.link)
        for host in "evil.example", "evil.example:80", "[::1]", "127.0.0.1":
            fields = (f"Host: {host}\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil\r\n"
                      f"X-Original-URL: /readyz\r\nX-HTTP-Method-Override: POST\r\n")
            self.assertEqual(self.get(self.link, fields), usual)
        for fields in ("", "Host: a\r\nHost: b\r\n", "Host: a b\r\n", "Host:\r\n", "Host : a\r\n",
                       "Host: a/../b\r\n", "Host: a\r\n b\r\n"):
            self.assertRegex(self.get(self.link, fields), "^HTTP/1.1 400 ", fields)

    def test_a_form_in_another_clothing_records_nothing(self):
        before = self.state()
        boundary = b'--x\r\nContent-Disposition: form-data; name="act"\r\n\r\nvisited\r\n--x--\r\n'
        for kind, body in (
                ("text/plain", FORM), ("multipart/form-data; boundary=x", boundary),
                ("application/json", b'{"act":"visited","on":"2026-12-01"}'), ("", FORM)):
            head = self.head_of_form(len(body)).replace(
                TYPE.encode(), f"Content-Type: {kind}\r\n".encode())
            self.assertRegex(self.say(head + body), "^HTTP/1.1 422 ", kind)
        for body in (FORM + b"%", FORM + b"&note=%ff", FORM + b"\xff", b"act=visited&on%00=1/5",
                     FORM.replace(b"visited", b"v%69sited%00")):
            self.assertRegex(self.say(self.head_of_form(len(body)) + body), "^HTTP/1.1 422 ", body)
        self.check_alive_and_unchanged(before)

    def test_lengths_that_contradict_each_other_are_refused(self):
        before = self.state()
        chunked = "Transfer-Encoding: chunked\r\n"
        in_chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(FORM), FORM)
        for more, body, status in (
                (chunked, in_chunks, 400), ("Content-Length: 3\r\n", FORM, 400),
                (f"Content-Length: {len(FORM)}\r\n", FORM, 400),
                ("Transfer-Encoding: gzip, chunked\r\n", in_chunks, 400)):
            heard = self.say(self.head_of_form(len(FORM), more) + body)
            self.assertRegex(heard, f"^HTTP/1.1 {status} ", more)
            self.assertEqual(heard.count("HTTP/1.1"), 1)
        for length in "-1", "+25", "0x19", "25, 25", "99999999999999999999999", "25 25":
            self.assertRegex(self.say(self.head_of_form(length) + FORM), "^HTTP/1.1 4(00|13) ",
                             length)
        self.check_alive_and_unchanged(before)

    def test_what_is_too_large_is_refused_whatever_is_sent_behind_it(self):
        before = self.state()
        large = b"x" * 3_000_000
        for sent, status in (
                (self.head_of_form(len(large)) + large, 413),
                (self.head_of_form(65_537), 413),
                (b"GET " + self.link.encode() + b"?" + large + b" HTTP/1.1\r\n\r\n", 414),
                (b"GET " + self.link.encode() + b" HTTP/1.1\r\nHost: o\r\nX: " + large, 431),
                (self.head_of_form(0)[:-2] + b"X: y\r\n" * 5000 + b"\r\n", 431),
                (large, 414)):
            self.assertRegex(self.say(sent), f"^HTTP/1.1 {status} ", sent[:200])
        self.check_alive_and_unchanged(before)

    def test_half_a_form_is_none(self):
        before = self.state()
        whole = self.head_of_form(len(FORM)) + FORM
        for end in range(0, len(whole), 7):
            self.assertRegex(self.say(whole[:end]), "^(HTTP/1.1 400 |$)")
            connection = self.connect()  # and gone without a word
            connection.sendall(whole[:end])
            connection.close()
        self.check_alive_and_unchanged(before)

    def test_who_is_slow_waits_alone(self):
        before = self.state()
        slow = [self.connect() for _ in range(60)]
        for number, connection in enumerate(slow):
            connection.sendall((self.head_of_form(len(FORM)) + FORM)[:10 + number * 2])
        for _ in range(20):
            self.assertIn("訪問を記録する", self.get(self.link))
        for connection in slow:
            self.assertRegex(self.hear(connection), "^HTTP/1.1 408 ", "ten seconds later")
        self.check_alive_and_unchanged(before)

    def test_what_comes_at_once_is_answered_in_order_also_to_who_says_no_more(self):
        connection = self.connect()
        on = b"act=contacted&on=2026-12-01"
        form = self.head_of_form(len(on)) + on
        look = f"GET {self.link} HTTP/1.1\r\nHost: o\r\n\r\n".encode()
        alive = b"HEAD /healthz HTTP/1.1\r\nHost: o\r\n\r\n"
        contacts = self.contacts()
        connection.sendall(look + form + form + alive + look)
        connection.shutdown(socket.SHUT_WR)
        heard = self.hear(connection)
        self.assertEqual(re.findall(r"HTTP/1\.1 (\d+)", heard), ["200"] * 5)
        recorded = [part for part in heard.split("HTTP/1.1 ") if "✓ 記録しました" in part]
        self.assertEqual(len(recorded), 2)
        self.assertEqual(*recorded, "the same form is answered alike")
        self.assertEqual(self.contacts(), contacts + 1)

    def contacts(self):
        return len(self.city.ask("log", "--kind", "record.contact", "--limit", "0"))

    @classmethod
    def tearDownClass(cls):
        cls.city.stop()
        if cls.token in cls.city.log():
            raise AssertionError("the log of the daemon holds a token")


if __name__ == "__main__":
    unittest.main(argv=["hostile_test", "-v"] + sys.argv[2:])
