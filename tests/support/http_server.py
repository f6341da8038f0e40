#!/usr/bin/python3
"""A real HTTP server for tests, on a free port of the loopback.

Prints the port as its first line and serves until it is killed. Every request becomes
DIRECTORY/N.json, N counting from 1: method, path, headers (lower case names), the body as base64,
and the client's port, by which a kept connection is known. It is there before the answer is.
"""
import argparse
import base64
import email.utils
import http.server
import json
import os
import pathlib
import ssl
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        options = self.server.options
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        number = self.server.keep({
            "method": self.command,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": base64.b64encode(body).decode(),
            "port": self.client_address[1],
        })
        if options.hang:
            threading.Event().wait()
        if options.hang_up_after is not None and number > options.hang_up_after:
            self.close_connection = True
            return
        self.answer(options.answer[min(number, len(options.answer)) - 1])

    do_GET = do_POST

    def answer(self, answer):
        """STATUS, or STATUS and a Retry-After: "503 30", or "503 +30" for a date in 30 s."""
        options = self.server.options
        status, _, wish = answer.partition(" ")
        self.send_response(int(status))
        if wish.startswith("+"):
            wish = email.utils.formatdate(time.time() + int(wish), usegmt=True)
        if wish:
            self.send_header("Retry-After", wish)
        if options.location:
            self.send_header("Location", options.location)
        for header in options.header:
            self.send_header(*header.split(": ", 1))
        if options.endless:
            self.send_endless()
            return
        body = options.body.encode()
        if int(status) != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if int(status) != 204:
            self.wfile.write(body)
        self.close_connection = options.close_after

    def send_endless(self):
        """A body that does not end; how much of it was taken is written to `endless`."""
        self.close_connection = True
        self.end_headers()
        taken = 0
        try:
            while True:
                self.wfile.write(b"x" * 4096)
                taken += 4096
        except OSError:
            self.server.write("endless", str(taken))

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.options = options
        self.count = 0
        self.lock = threading.Lock()
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            if options.old_tls:
                context.set_ciphers("DEFAULT@SECLEVEL=0")
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.load_cert_chain(options.certificate, options.key)
            # A failed handshake ends that connection only: socketserver expects OSError.
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def keep(self, request):
        with self.lock:
            self.count += 1
            self.write(f"{self.count}.json", json.dumps(request))
            return self.count

    def write(self, name, text):
        """Whole or not at all, for who looks at the directory meanwhile."""
        path = pathlib.Path(self.options.directory) / name
        partial = path.with_suffix(".partial")
        partial.write_text(text)
        os.rename(partial, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("--answer", action="append", metavar="'STATUS [RETRY-AFTER]'",
                        help="of the first request, the second, …; the last stays (default 204)")
    parser.add_argument("--body", default="", help="of every answer")
    parser.add_argument("--location", help="where answers redirect to")
    parser.add_argument("--header", action="append", default=[], metavar="'NAME: VALUE'",
                        help="of every answer, besides")
    parser.add_argument("--hang", action="store_true", help="never answer")
    parser.add_argument("--hang-up-after", type=int, metavar="N",
                        help="close instead of answering, after N answers")
    parser.add_argument("--close-after", action="store_true",
                        help="hang up after each answer without a word")
    parser.add_argument("--endless", action="store_true", help="answer with a body without end")
    parser.add_argument("--protocol", help="what answers begin with in the place of HTTP/1.1")
    parser.add_argument("--certificate", help="speak TLS")
    parser.add_argument("--key")
    parser.add_argument("--old-tls", action="store_true", help="TLS 1.1 at most")
    options = parser.parse_args()
    options.answer = options.answer or ["204"]
    if options.protocol:
        Handler.protocol_version = options.protocol
    server = Server(options)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
