#!/usr/bin/python3
"""A mail scanner at every link of every mail that the real omamorid sends in some weeks: it looks,
follows what it finds, and submits every form empty, as it stands, and as an address. Nothing
changes.

usage: scanner_test.py BUILD_DIR [unittest arguments]

OMAMORI_WEEKS=52 OMAMORI_CLIENTS=60: a larger one, by hand.
"""
import html.parser
import http.client
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
from datetime import date, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.running_city import City, free_port  # noqa: E402

BUILD = sys.argv[1]
WEEKS = int(os.environ.get("OMAMORI_WEEKS", "8"))
CLIENTS = os.environ.get("OMAMORI_CLIENTS", "30")
BEGIN = date(2026, 11, 24)
KINDS = "offices staff clients safety_checks check_ins monitorings".split()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Page(html.parser.HTMLParser):
    """What a program finds in a page: links, scripts, and forms with what stands in them and
    the first of what may be chosen."""

    def __init__(self, text):
        super().__init__()
        self.links, self.scripts, self.forms, self.choices = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.scripts += [tag] * (tag == "script") + [name for name in given
                                                     if name.startswith("on") and name != "on"]
        if tag in ("a", "link") and not given["href"].startswith("#"):
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append((given["method"], given["action"], {}))
            self.choices.append({})
        if tag in ("input", "textarea", "select", "button") and "name" in given:
            fields, name, value = self.forms[-1][2], given["name"], given.get("value") or ""
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                fields[name] = value
            else:
                self.choices[-1].setdefault(name, value)


class Scanner(unittest.TestCase):
    def setUp(self):
        csv = tempfile.TemporaryDirectory(prefix="omamori-csv-")
        self.addCleanup(csv.cleanup)
        subprocess.run([f"{BUILD}/bin/omamori-sample-city", "--day", str(BEGIN), "--out", csv.name,
                        "--clients", CLIENTS, "--channels", "file"], check=True,
                       capture_output=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.city = City(BUILD, f'[http]\nlisten = "127.0.0.1:{self.port}"\n'
                                f'public_url = "{self.url}"\n', csv=csv.name,
                         before=f"{BEGIN}T08:00")
        self.addCleanup(self.city.close)
        self.city.start(f"{BEGIN}T08:29:55")
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.addCleanup(self.connection.close)
        self.asked = self.submitted = 0

    def ask(self, method, path, body=None):
        self.asked += 1
        self.connection.request(method, path, body, FORM if body is not None else {})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def all_there_is(self):
        [head] = self.city.ask("log", "--limit", "1")
        return [head["hash"], self.city.ctl("outbox", "list", "--limit", "100000"),
                *(self.city.ctl("export", kind) for kind in KINDS)]

    def scan(self, link):
        path = link.removeprefix(self.url)
        status, text = self.ask("GET", path)
        self.assertEqual(self.ask("HEAD", path), (status, ""))
        page = Page(text)
        self.assertEqual(page.scripts, [])
        for link_in_page in page.links:
            self.assertIn(self.ask("GET", urllib.parse.urljoin(path, link_in_page))[0],
                          (status, 200))
        for method in "PUT", "DELETE", "PATCH", "OPTIONS":
            self.assertEqual(self.ask(method, path)[0], 405)
        self.assertEqual(self.ask("GET", path + "/undo")[0], 404)
        for (method, action, fields), choices in zip(page.forms, page.choices):
            self.submit(method, action, fields, choices)
        return page.forms

    def submit(self, method, action, fields, choices):
        self.assertEqual(method, "post")
        self.assertLessEqual({name for name, value in fields.items() if value}, {"act"})
        for filled in {}, fields, fields | choices:
            body = urllib.parse.urlencode(filled)
            status, text = self.ask("POST", action, body)
            self.assertEqual(status, 422, body)
            self.assertRegex(text, "記録していません")
            self.submitted += 1
        typed = {"on": "1/5", "until": "1/6", "by": "x", "note": "x", "client": "C-001"}
        address = action + "?" + urllib.parse.urlencode(fields | choices | typed)
        for method in "GET", "HEAD":
            status, _ = self.ask(method, address)
            self.assertEqual(status, 404 if action.endswith("/file") else 200)

    def test_changes_nothing(self):
        links, acts, mails = set(), set(), 0
        for week in range(1, WEEKS + 1):
            self.city.run_to(f"{BEGIN + timedelta(weeks=week)}T10:00")
            before = self.all_there_is()
            self.connection.close()  # the daemon has, after so long
            # What has come this week; at the end all there is.
            for link in self.city.links(after=mails if week < WEEKS else 0):
                links.add(link)
                acts |= {fields.get("act", "attendance") for _, _, fields in self.scan(link)}
            self.assertEqual(self.all_there_is(), before)
            mails = len(self.city.mails())
        print(f"{mails} mails, {len(links)} links, {self.asked} requests, {self.submitted} forms")
        self.assertGreater(len(links), 20)
        self.assertLessEqual({"visited", "will_visit", "contacted", "on_it", "attendance"}, acts)

    def test_would_see_a_change(self):
        self.city.run_to(f"{BEGIN + timedelta(weeks=1)}T10:00")
        before = self.all_there_is()
        for link in self.city.links():
            path = link.removeprefix(self.url)
            if Page(self.ask("GET", path)[1]).forms:
                break
        status, _ = self.ask("POST", path, f"act=contacted&on={BEGIN}")
        self.assertEqual(status, 200)
        self.assertNotEqual(self.all_there_is(), before)


if __name__ == "__main__":
    unittest.main(argv=["scanner_test", "-v"] + sys.argv[2:])
