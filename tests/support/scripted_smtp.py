#!/usr/bin/python3
"""A mail server for tests that misbehaves at the step it is told to, on a free loopback port.

Prints the port as its first line and serves until it is killed. A rule is STEP[/PATTERN]=DEED. STEP
is greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA or dot; with PATTERN it holds for recipients
that match (RCPT, DATA, dot). DEED is a reply ("550 5.1.1 no"), or

    close           hang up without a word
    cut:TEXT        send TEXT without the end of its line, then hang up
    hang            never answer; DIRECTORY/held says at which step

`--only N`: rules hold for the first N times one of them applies. Every accepted message becomes
DIRECTORY/N.json and N.eml, N counting from 1, as with smtp_server.py. DIRECTORY/steps gets a line
for each step a client has come to. Nothing here has a limit of time.
"""
import argparse
import asyncio
import json
import os
import pathlib
import re


class Server:
    def __init__(self, options):
        self.options = options
        self.accepted = 0
        self.applied = 0

    def write(self, name, content):
        """Whole or not at all, for who looks at the directory meanwhile."""
        path = pathlib.Path(self.options.directory) / name
        partial = path.with_name(name + ".partial")
        partial.write_bytes(content)
        os.rename(partial, path)

    def deed(self, step, recipient):
        with open(pathlib.Path(self.options.directory) / "steps", "a") as steps:
            steps.write(f"{step} {recipient}\n")
        if self.options.only is not None and self.applied >= self.options.only:
            return None
        for rule in self.options.rule:
            where, deed = rule.split("=", 1)
            named, _, pattern = where.partition("/")
            if named == step and re.search(pattern, recipient):
                self.applied += 1
                return deed
        return None

    def keep(self, sender, recipients, lines):
        self.accepted += 1
        self.write(f"{self.accepted}.json",
                   json.dumps({"from": sender, "to": recipients}).encode())
        self.write(f"{self.accepted}.eml", b"".join(lines))
        return f"250 2.0.0 kept as {self.accepted}"

    async def talk(self, reader, writer):
        try:
            await Session(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        writer.close()


class Session:
    def __init__(self, server, reader, writer):
        self.server = server
        self.reader = reader
        self.writer = writer
        self.sender = ""
        self.recipients = []

    async def say(self, text):
        self.writer.write(text.encode() + b"\r\n")
        await self.writer.drain()

    async def step(self, step, usual):
        """Does what a rule says of this step, else what is usual. False: the connection is over."""
        deed = self.server.deed(step, self.recipients[-1] if self.recipients else "")
        if deed == "hang":
            self.server.write("held", step.encode())
            await asyncio.Event().wait()
        if deed == "close":
            return False
        if deed is not None and deed.startswith("cut:"):
            self.writer.write(deed[4:].encode())
            await self.writer.drain()
            return False
        await self.say(deed if deed is not None else usual() if callable(usual) else usual)
        return True

    async def run(self):
        going = await self.step("greeting", "220 scripted.test ESMTP")
        while going:
            line = (await self.reader.readuntil(b"\r\n")).decode().rstrip()
            going = await self.answer(line)

    async def answer(self, line):
        verb = line.split(" ", 1)[0].upper()
        if verb in ("EHLO", "HELO"):
            self.recipients = []
            offers = "".join(f"250-{offer}\r\n" for offer in self.server.options.offer)
            return await self.step("EHLO", f"250-scripted.test\r\n{offers}250 8BITMIME")
        if verb in ("STARTTLS", "AUTH"):
            return await self.step(verb, "454 4.7.0 not here" if verb == "STARTTLS" else "235 ok")
        if verb == "MAIL":
            self.recipients = []
            self.sender = line.partition("<")[2].partition(">")[0]
            return await self.step("MAIL", "250 2.1.0 ok")
        if verb == "RCPT":
            self.recipients.append(line.partition("<")[2].partition(">")[0])
            return await self.step("RCPT", "250 2.1.5 ok")
        if verb == "DATA":
            return await self.data()
        await self.say("221 2.0.0 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    async def data(self):
        before = self.server.applied
        if not await self.step("DATA", "354 go ahead"):
            return False
        if self.server.applied > before:
            return True
        lines = []
        while (line := await self.reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line)
        return await self.step(
            "dot", lambda: self.server.keep(self.sender, self.recipients, lines))


async def serve(options):
    served = Server(options)
    server = await asyncio.start_server(served.talk, "127.0.0.1", 0, limit=1 << 26)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("--rule", action="append", default=[], metavar="STEP[/PATTERN]=DEED")
    parser.add_argument("--only", type=int, metavar="N")
    parser.add_argument("--offer", action="append", default=[], metavar="EXTENSION",
                        help="an extension that EHLO lists")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
