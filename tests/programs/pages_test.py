#!/usr/bin/python3
"""The pages behind a link of a mail in Debian's Chromium: link, form, recorded, undone, with
scripts and without, on a telephone and a desk; what axe-core finds; nothing wider than the screen.

usage: pages_test.py BUILD_DIR [unittest arguments]

The screenshots stay in BUILD_DIR/pages.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.running_city import SOURCE, City, free_port  # noqa: E402

BUILD = sys.argv[1]
SCREENSHOTS = pathlib.Path(BUILD).resolve() / "pages"


class Pages(unittest.TestCase):
    def setUp(self):
        self.url = f"http://127.0.0.1:{free_port()}"
        at = self.url.removeprefix("http://")
        self.city = City(BUILD, f'[http]\nlisten = "{at}"\npublic_url = "{self.url}"\n')
        self.addCleanup(self.city.close)
        self.city.start()
        self.city.run_to("2026-12-18T09:00")
        visit, over = self.city.links(to="SM-1")[:2]  # C-01, C-02
        supervisor = self.city.links(to="SV-1")[0]
        self.city.ctl("record", "monitoring", "C-02", "--on", "2026-12-01", "--by", "SM-1")
        [provider] = self.city.links(to="PR-1")
        before = self.city.links()
        self.city.ctl("record", "check-in", "S-05", "concern", "--by", "PR-1")
        self.city.run_to("2026-12-18T14:40")
        concern = next(link for link in self.city.links() if link not in before)
        self.walks = {
            "visit": {"link": visit, "act": "visited", "typed": "12182026"},
            "plan": {"link": visit, "act": "will_visit", "typed": "12222026"},
            "word": {"link": concern, "act": "on_it", "typed": "12222026"}}
        self.pages = {"matter": visit, "urgent": concern, "english": concern + "?lang=en",
                      "supervisor": supervisor, "attendance": provider,
                      "over": over, "gone": self.url + "/a/" + "A" * 26}

    def plan(self):
        shutil.rmtree(SCREENSHOTS, ignore_errors=True)
        SCREENSHOTS.mkdir(parents=True)
        file = self.city.place / "plan.json"
        file.write_text(json.dumps({
            "browser": "/usr/bin/chromium", "screenshots": str(SCREENSHOTS),
            "pages": [{"name": name, "link": link} for name, link in self.pages.items()],
            "walks": [{"name": name} | walk for name, walk in self.walks.items()]}))
        return file

    def stands(self, name):
        """Is what that walk records known?"""
        if name == "visit":
            return "C-01,2026-12-18" in self.city.ctl("export", "monitorings")
        rows = [row["kind"] for row in self.city.ask("log", "--limit", "10")]
        return [kind for kind in rows if kind in ("ack", "void")][-1] == "ack"

    def test_are_walked_through_and_nothing_is_wrong_with_them(self):
        browser = subprocess.Popen(
            ["node", SOURCE / "tests/npm/pages.mjs", self.plan()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(browser.communicate)
        walked = []
        for line in browser.stdout:
            said, _, name = line.strip().partition(" ")
            if said == "done":
                walked.append(said)
                break
            self.assertEqual(self.stands(name), said == "recorded", line)
            walked.append(f"{said} {name}")
            browser.stdin.write("yes\n")
            browser.stdin.flush()
        steps = [f"{said} {name}" for name in [*self.walks, "visit"]
                 for said in ("recorded", "undone")]
        error = browser.communicate()[1]
        self.assertEqual(walked, steps * 2 + ["done"], error)
        self.assertEqual(browser.returncode, 0, error)


if __name__ == "__main__":
    unittest.main(argv=["pages_test", "-v"] + sys.argv[2:])
