"""The other side of daemon_bench: Postfix's smtp-sink, nginx, and a proxy that makes them slow.
All on loopback, started in the foreground and stopped by their pid."""
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Server:
    """A program that listens; usable when made. `messages()` is how many it has got so far."""

    def __init__(self, command, port, messages, output=subprocess.DEVNULL):
        self.port = port
        self.messages = messages
        self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        deadline = time.time() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                if self.process.poll() is not None or time.time() > deadline:
                    raise RuntimeError(f"{command[0]} does not listen on {port}") from None
                time.sleep(0.02)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def smtp_sink(counters, mails=None):
    """It writes to the file `counters` what it has got, and each mail into the directory `mails`.
    Not as root: it refuses to run as that."""
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    dump = []
    if mails:
        mails.mkdir()
        mails.chmod(0o777)
        dump = ["-d", f"{mails}/mail."]

    def messages():
        return int((re.findall(r"mesg=(\d+)", counters.read_text()) or ["0"])[-1])

    with open(counters, "w") as output:
        return Server(["/usr/sbin/smtp-sink", "-4", "-c", *user, *dump, f"127.0.0.1:{port}", "100"],
                      port, messages, output)


def nginx_with(directory, locations):
    """One worker that keeps its connections, on a free port."""
    port = free_port()
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / "nginx.conf"
    file.write_text(f"""daemon off; master_process off;
pid {directory}/pid; error_log {directory}/log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000; client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/p; fastcgi_temp_path {directory}/f; uwsgi_temp_path {directory}/u;
  scgi_temp_path {directory}/s;
  server {{
    listen 127.0.0.1:{port};
    {locations}
  }}
}}
""")
    return port, ["/usr/sbin/nginx", "-c", str(file), "-p", str(directory), "-e",
                  str(directory / "log")]


def nginx_serving(directory, page):
    """It serves a file of these bytes at /page."""
    port, command = nginx_with(directory, f"root {directory}; sendfile on;")
    (directory / "page").write_bytes(page)
    directory.chmod(0o755)
    return Server(command, port, None)


def nginx(directory):
    """It answers 204 to everything."""
    port, command = nginx_with(
        directory, "location / { return 204; } location /status { stub_status; }")
    asked = 0

    def messages():
        # All requests so far but those of this kind, of which each counts itself.
        nonlocal asked
        asked += 1
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/status")
        text = connection.getresponse().read().decode()
        connection.close()
        return int(re.search(r"^ \d+ \d+ (\d+)", text, re.M).group(1)) - asked

    return Server(command, port, messages)


def slow(server, milliseconds):
    """A way to the server on which everything it says arrives so much later."""
    port = free_port()
    return Server([sys.executable, str(HERE / "slow_proxy.py"), str(port), str(server.port),
                   str(milliseconds)], port, server.messages)
