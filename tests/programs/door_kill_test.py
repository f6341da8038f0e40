#!/usr/bin/python3
"""kill -9 at every point of the real omamorid's work on its database while a form is answered: the
same form afterwards is answered as recorded, and there is one record.

usage: door_kill_test.py BUILD_DIR [unittest arguments]
"""
import http.client
import pathlib
import shutil
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.running_city import MORNING, City, free_port  # noqa: E402

BUILD = sys.argv[1]
FORM = "act=visited&on=2026-12-01&note=x"
KEPT = "omamori.db", "omamori.db-wal", "omamori.db.known"


class Killed(unittest.TestCase):
    def setUp(self):
        self.port = free_port()
        url = f"http://127.0.0.1:{self.port}"
        self.city = City(BUILD, f'[http]\nlisten = "127.0.0.1:{self.port}"\npublic_url = "{url}"\n')
        self.addCleanup(self.city.close)
        self.city.start()
        self.city.run_to(MORNING)
        self.path = self.city.links(to="SM-1")[0].removeprefix(url)
        self.city.stop()
        self.kept = self.city.place / "kept"
        self.kept.mkdir()
        for name in KEPT:
            if (self.city.place / name).exists():
                shutil.copy(self.city.place / name, self.kept)

    def begin_again(self):
        for name in KEPT:
            (self.city.place / name).unlink(missing_ok=True)
        shutil.copytree(self.kept, self.city.place, dirs_exist_ok=True)

    def answer(self):
        """None: whoever should answer is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request("POST", self.path, FORM,
                               {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (ConnectionError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def visits(self):
        return self.city.ctl("export", "monitorings").count("C-01,2026-12-01")

    def receipts(self):
        """How many words about it are owed: one for each record, or nobody would notice."""
        return sum("receipt/" in row for row in
                   self.city.ctl("log", "--kind", "obligation.opened").splitlines())

    def killed_at(self, point):
        """What came of the form: "before" it was asked, "asked" and not answered, "answered"."""
        self.begin_again()
        program = str(pathlib.Path(BUILD).resolve() / "bin/kill_after.so")
        try:
            # Address sanitizer wants to be the first library.
            self.city.start(MORNING, LD_PRELOAD=program, OMAMORI_KILL_AFTER=str(point),
                            ASAN_OPTIONS="verify_asan_link_order=0")
        except RuntimeError:
            return "before"
        answer = self.answer()
        self.city.stop()
        if answer:
            self.assertEqual(answer[0], 200)
        return "answered" if answer else "asked"

    def test_between_a_form_and_its_answer_the_same_form_again_is_recorded_once(self):
        came, recorded, point = [], [], 0
        while "answered" not in came:
            point += 1
            came.append(self.killed_at(point))
            if came[-1] == "before":
                continue
            with self.subTest(point=point, came=came[-1]):
                recorded.append(self.visits())
                self.assertEqual(self.receipts(), recorded[-1], "a record and its receipt are one")
                self.city.start(MORNING)
                for _ in "once", "and again":
                    status, page = self.answer()
                    self.assertEqual(status, 200)
                    self.assertIn("✓ 記録しました", page)
                    self.assertIn('name="nonce"', page, "it can be undone")
                    self.assertEqual(self.visits(), 1)
                    self.assertEqual(self.receipts(), 1)
                self.city.ctl("log", "--verify")
                self.city.stop()
        print(f"killed at {point - 1} points, {came.count('asked')} of them while it was asked; "
              f"records then: {recorded}")
        self.assertGreaterEqual(came.count("asked"), 2, "before it is recorded, and after")
        self.assertEqual(set(recorded), {0, 1})
        self.assertEqual(recorded[-1], 1, "what was answered is recorded")


if __name__ == "__main__":
    unittest.main(argv=["door_kill_test", "-v"] + sys.argv[2:])
