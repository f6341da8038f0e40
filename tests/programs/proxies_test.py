#!/usr/bin/python3
"""The configurations of systemd/README.md, as they stand there, in Debian's nginx and Apache before
the real omamorid: a link of a mail is opened, answered and undone through each.

usage: proxies_test.py BUILD_DIR [unittest arguments]

Only ports, paths and the proxy's user are this machine's. Everything is on loopback.
"""
import contextlib
import grp
import http.server
import os
import pathlib
import pwd
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.running_city import MORNING, SOURCE, City, free_port  # noqa: E402

BUILD = sys.argv[1]
IS_ROOT = os.geteuid() == 0
USER = "www-data" if IS_ROOT else pwd.getpwuid(os.geteuid()).pw_name
GROUP = grp.getgrgid(pwd.getpwnam(USER).pw_gid).gr_name
NAME = "omamori.city.example"
ONE_CLIENT = 64  # connections
MANY = ONE_CLIENT + 16
MODULES = "mpm_event authz_core socache_shmcb ssl proxy proxy_http".split()


def document():
    text = (SOURCE / "systemd/README.md").read_text(encoding="utf-8")
    return text[text.index("## The doors"):text.index("## Running")]


def block(first_line):
    """The indented block of the document that begins so."""
    lines = document().splitlines()
    begin = lines.index("    " + first_line)
    end = next(i for i in range(begin, len(lines)) if lines[i] and not lines[i].startswith("    "))
    return "\n".join(line.removeprefix("    ") for line in lines[begin:end])


def line_of(begins, among):
    [found] = [line.strip() for line in among.splitlines() if line.strip().startswith(begins)]
    return found


class Proxy:
    """nginx or Apache before `place`, "127.0.0.1:PORT" or the path of a socket."""

    def __init__(self, kind, directory, place):
        self.port = free_port()
        self.directory = pathlib.Path(directory)
        self.directory.mkdir()
        self.certificate = self.directory / "omamori.pem"
        self.place = place
        self.make_certificate()
        config = self.directory / "conf"
        config.write_text(self.nginx() if kind == "nginx" else self.apache())
        command = (["/usr/sbin/nginx", "-c", config, "-p", self.directory, "-e",
                    self.directory / "main.log"] if kind == "nginx" else
                   ["/usr/sbin/apache2", "-d", self.directory, "-f", config, "-D", "FOREGROUND"])
        self.process = subprocess.Popen(command)
        while subprocess.run(self.curl("/healthz"), capture_output=True).returncode == 7:
            if self.process.poll() is not None:
                raise RuntimeError((self.directory / "main.log").read_text())
            time.sleep(0.02)

    def make_certificate(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=" + NAME, "-addext", "subjectAltName=DNS:" + NAME,
                        "-keyout", self.directory / "omamori.key", "-out", self.certificate],
                       check=True, capture_output=True)

    def here(self, text, way):
        """`way`: the line of the document that leads to a unix socket."""
        if not re.fullmatch(r"[\d.]+:\d+", self.place):
            now = line_of(way.split()[0], text)
            text = text.replace(now, way).replace("/run/omamori/http.sock", self.place)
        return (text.replace("127.0.0.1:8480", self.place)
                .replace("/etc/ssl/omamori.pem", str(self.certificate))
                .replace("/etc/ssl/private/omamori.key", str(self.directory / "omamori.key")))

    def nginx(self):
        d = self.directory
        way = line_of("proxy_pass http://unix:", document())
        server = self.here(block("server {"), way).replace(
            "listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;")
        user = f"user {USER};" if IS_ROOT else ""
        temporary = "".join(f"{name}_temp_path {d}/{name}; "
                            for name in "client_body proxy fastcgi uwsgi scgi".split())
        return (f"daemon off; {user} pid {d}/pid; worker_processes 1;\n"
                f"events {{ worker_connections 512; }}\n"
                f"http {{ {temporary} access_log {d}/access.log; error_log {d}/error.log info;\n"
                f"{server}\n}}\n")

    def apache(self):
        d = self.directory
        way = line_of("ProxyPass / unix:", document())
        host = self.here(block("<VirtualHost *:443>"), way).replace(
            "<VirtualHost *:443>", f"<VirtualHost 127.0.0.1:{self.port}>")
        load = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
                       for name in MODULES)
        return (f"{load}ServerName localhost\nListen 127.0.0.1:{self.port}\nPidFile {d}/pid\n"
                f"DefaultRuntimeDir {d}\nUser {USER}\nGroup {GROUP}\nErrorLog {d}/main.log\n"
                f"LogFormat \"%h %r\" common\nCustomLog {d}/access.log common\n{host}\n")

    def curl(self, path, *words):
        return ["curl", "-sS", "--max-time", "30", "--cacert", self.certificate, "--noproxy", "*",
                "--connect-to", f"::127.0.0.1:{self.port}", *words, f"https://{NAME}{path}"]

    def ask(self, path, *words):
        """The status, a line end, and the page."""
        done = subprocess.run(self.curl(path, "-w", "\n%{http_code}", *words), check=True,
                              capture_output=True, text=True)
        page, status = done.stdout.rsplit("\n", 1)
        return f"{status}\n{page}"

    def written(self):
        return "".join(file.read_text(errors="replace") for file in self.directory.rglob("*")
                       if file.is_file() and file.suffix not in (".pem", ".key"))

    def close(self):
        self.process.terminate()
        self.process.wait()


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what a proxy says of who asks."""

    def do_GET(self):  # noqa: N802
        said = ", ".join(self.headers.get_all("X-Forwarded-For") or []).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def hanging_up(place):
    """Somebody in the daemon's place who reads what is asked and goes."""
    family = socket.AF_UNIX if "/" in place else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        host, _, port = place.rpartition(":")
        listening.bind(place if "/" in place else (host, int(port)))
        if "/" in place:
            os.chmod(place, 0o666)
        listening.listen()

        def answer():
            with contextlib.suppress(OSError):
                while True:
                    with listening.accept()[0] as asking:
                        asking.recv(65536)
        thread = threading.Thread(target=answer)
        thread.start()
        yield
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    if "/" in place:
        os.unlink(place)


class Behind:
    """What holds of nginx and of Apache; at an address unless `at_socket`."""
    kind = ""
    at_socket = False

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="omamori-proxy-")
        self.addCleanup(self.temporary.cleanup)
        os.chmod(self.temporary.name, 0o711)
        settings = block("[http]")
        self.at = f"127.0.0.1:{free_port()}"
        settings = settings.replace("127.0.0.1:8480", self.at)
        if self.at_socket:
            self.at = self.temporary.name + "/http.sock"
            settings = re.sub('listen = ".*"', f'listen = "unix:{self.at}"', settings)
            settings = re.sub("trusted_proxies = .*", f'trusted_proxies = ["{USER}"]', settings)
        self.city = City(BUILD, settings)
        self.addCleanup(self.city.close)
        self.city.start()
        self.open_to_the_proxy()
        self.city.run_to(MORNING)
        self.proxy = self.before(self.at)

    def open_to_the_proxy(self):
        """As it is to a member of the group omamori."""
        if self.at_socket and IS_ROOT:
            os.chown(self.at, 0, grp.getgrnam(GROUP).gr_gid)

    def before(self, place):
        proxy = Proxy(self.kind, f"{self.temporary.name}/{len(os.listdir(self.temporary.name))}",
                      place)
        self.addCleanup(proxy.close)
        return proxy

    def link(self):
        link = self.city.links(to="SM-1")[0]
        self.assertTrue(link.startswith(f"https://{NAME}/a/"), link)
        return link.removeprefix(f"https://{NAME}")

    def test_a_link_of_a_mail_is_answered_and_undone_and_its_token_is_in_no_log(self):
        link = self.link()
        self.assertIn("訪問を記録する", self.proxy.ask(link))
        self.assertRegex(self.proxy.ask(link, "--head"), "(?i)cache-control: no-store")
        self.assertNotIn("C-01,2026-12-01", self.visits())
        page = self.proxy.ask(link, "-d", "act=visited", "-d", "on=2026-12-01")
        self.assertTrue(page.startswith("200\n"), page)
        self.assertIn("C-01,2026-12-01", self.visits())
        [nonce] = re.findall('name="nonce" value="([A-Z2-7]+)"', page)
        self.assertIn("取り消しました", self.proxy.ask(link + "/undo", "-d", "nonce=" + nonce))
        self.assertNotIn("C-01,2026-12-01", self.visits())
        self.city.stop()
        self.assertRegex(self.proxy.ask(link), "^50[234]\n", "nobody answers behind it")
        with hanging_up(self.at):
            self.assertRegex(self.proxy.ask(link), "^50[234]\n")
        self.city.start(MORNING)
        self.open_to_the_proxy()
        self.assertRegex(self.proxy.ask(link), "^200\n", "as soon as it is there again")
        self.proxy.close()
        token = link.removeprefix("/a/")
        self.assertNotIn(token, self.proxy.written())
        self.assertNotIn(token, self.city.log())

    def visits(self):
        return self.city.ctl("export", "monitorings")

    def test_what_is_too_large_is_refused(self):
        large = pathlib.Path(self.temporary.name) / "large"
        for size, status in ((60_000, "422"), (70_000, "413"), (1_100_000, "413")):
            large.write_bytes(b"act=visited&on=&note=" + b"x" * size)
            page = self.proxy.ask(self.link(), "--data-binary", f"@{large}")
            self.assertTrue(page.startswith(status + "\n"), page[:200])

    def test_the_last_hop_is_who_asks_whatever_they_say_of_themselves(self):
        if self.at_socket:
            self.skipTest("as at an address")
        echo = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        thread = threading.Thread(target=echo.serve_forever)
        thread.start()
        self.addCleanup(echo.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(echo.shutdown)
        proxy = self.before(f"127.0.0.1:{echo.server_port}")
        said = proxy.ask("/", "-H", "X-Forwarded-For: 192.0.2.66", "--interface", "127.0.0.7")
        self.assertEqual(said.splitlines()[-1].split(", ")[-1], "127.0.0.7")


class Nginx(Behind, unittest.TestCase):
    kind = "nginx"


class Apache(Behind, unittest.TestCase):
    kind = "apache"


class NginxAtASocket(Nginx):
    at_socket = True


class ApacheAtASocket(Apache):
    at_socket = True


class TheDaemon(unittest.TestCase):
    """Requests that begin at once, as those of many clients do behind one proxy."""

    def answered(self, settings):
        at = ("127.0.0.1", free_port())
        city = City(BUILD, settings.replace("127.0.0.1:8480", f"{at[0]}:{at[1]}"))
        self.addCleanup(city.close)
        city.start()
        begun = [socket.create_connection(at) for _ in range(MANY)]
        for connection in begun:
            self.addCleanup(connection.close)
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: o\r\n")
        return sum(self.ends(connection) for connection in begun)

    @staticmethod
    def ends(connection):
        try:
            connection.sendall(b"Connection: close\r\n\r\n")
            return connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        except OSError:
            return False

    def test_takes_all_of_a_trusted_proxy_and_so_many_of_anybody_else(self):
        settings = block("[http]")
        self.assertEqual(self.answered(settings), MANY)
        trusted = line_of("trusted_proxies", settings)
        self.assertEqual(self.answered(settings.replace(trusted, "")), ONE_CLIENT)


class TheDocument(unittest.TestCase):
    def test_says_it_in_a_few_lines(self):
        for first in "server {", "<VirtualHost *:443>":
            self.assertLessEqual(len(block(first).strip().splitlines()), 14)


if __name__ == "__main__":
    unittest.main(argv=["proxies_test", "-v"] + sys.argv[2:])
