"""The other side of daemon_bench: Postfix's smtp-sink, nginx, and a proxy that makes them slow.
All on loopback, started in the foreground and stopped by their pid."""
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
    """A program that listens; usable when made."""

    def __init__(self, command, port):
        self.port = port
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
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


def smtp_sink():
    port = free_port()
    return Server(["/usr/sbin/smtp-sink", "-4", "-u", "nobody", f"127.0.0.1:{port}", "100"], port)


def nginx(directory):
    """One worker that answers 204 to everything and keeps its connections."""
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
  server {{ listen 127.0.0.1:{port}; location / {{ return 204; }} }}
}}
""")
    return Server(["/usr/sbin/nginx", "-c", str(file), "-p", str(directory)], port)


def slow(server, milliseconds):
    """A way to the server on which everything it says arrives so much later."""
    port = free_port()
    return Server([sys.executable, str(HERE / "slow_proxy.py"), str(port), str(server.port),
                   str(milliseconds)], port)
