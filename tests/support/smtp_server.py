#!/usr/bin/python3
"""A real SMTP server for tests, on a free port of the loopback.

Prints the port as its first line and serves until it is killed. Every accepted message becomes
DIRECTORY/N.json (the envelope) and DIRECTORY/N.eml (as received), N counting from 1. When a reply
is held back, DIRECTORY/held says to which command: it is given when SIGUSR1 has come, as are all
later ones. DIRECTORY/goodbye: a client has said QUIT. DIRECTORY/gone: one has hung up. Nothing here
has a limit of time.
"""
import argparse
import asyncio
import json
import pathlib
import os
import re
import signal
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    """Keeps what it accepts; refuses what it was told to refuse."""

    def __init__(self, options):
        self.options = options
        self.count = 0
        self.released = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.released.set)

    def write(self, name, content):
        """Whole or not at all, for who looks at the directory meanwhile."""
        path = pathlib.Path(self.options.directory) / name
        partial = path.with_name(name + ".partial")
        partial.write_bytes(content)
        os.rename(partial, path)

    async def hold_if(self, command, patterns, addresses):
        if any(re.search(pattern, address) for pattern in patterns for address in addresses):
            self.write("held", command.encode())
            await self.released.wait()

    async def handle_QUIT(self, server, session, envelope):
        self.write("goodbye", b"")
        return "221 2.0.0 bye"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        await self.hold_if("RCPT", self.options.hold_rcpt, [address])
        for rule in self.options.refuse:
            pattern, reply = rule.split("=", 1)
            if re.search(pattern, address):
                return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.options.drop_after_dot:
            server.transport.abort()
            await asyncio.Event().wait()
        if self.options.refuse_body:
            return self.options.refuse_body
        self.count += 1
        seen = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or self.options.tls == "implicit",
            "login": bool(session.authenticated),
            "peer": list(session.peer)[:2],
        }
        self.write(f"{self.count}.json", json.dumps(seen).encode())
        self.write(f"{self.count}.eml", envelope.original_content)
        await self.hold_if("DATA", self.options.hold_reply, envelope.rcpt_tos)
        if self.options.close_after:
            asyncio.get_running_loop().call_soon(self.close_later, server)
        return "250 2.0.0 kept as " + str(self.count)

    def close_later(self, server):
        # After the reply has been written: an idle server that hangs up.
        asyncio.get_running_loop().call_soon(server.transport.close)


class Connection(SMTP):
    def connection_lost(self, error):
        super().connection_lost(error)
        self.event_handler.write("gone", b"")


def authenticator(options):
    def check(server, session, envelope, mechanism, data):
        user, password = options.login.split(":", 1)
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, handled=False)

    return check


def tls_context(options):
    if options.tls == "none":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    return context


async def follow_script(options, keeper, reader, writer):
    """A server of a few lines: what it can do and what it answers are given."""
    async def say(*lines):
        writer.write("".join(line + "\r\n" for line in lines).encode())
        await writer.drain()

    if options.hold_greeting:
        keeper.write("held", b"greeting")
        await keeper.released.wait()
    await say("220 smtp.test ESMTP")
    answers = dict(rule.split("=", 1) for rule in options.answer)
    while line := (await reader.readline()).decode().strip():
        verb = line.split()[0].upper()
        if verb == "EHLO":
            offers = ["smtp.test", *options.offer]
            await say(*("250-" + each for each in offers[:-1]), "250 " + offers[-1])
        else:
            await say(answers.get(verb, "221 bye" if verb == "QUIT" else "250 OK"))
    writer.close()


async def serve(options):
    context = tls_context(options)
    keeper = Keeper(options)
    settings = {"hostname": "smtp.test", "enable_SMTPUTF8": False, "timeout": 86400}
    if options.tls == "starttls":
        settings.update(tls_context=context, require_starttls=True)
    if options.login:
        settings.update(
            authenticator=authenticator(options), auth_required=True,
            auth_require_tls=options.tls == "starttls")
    if options.offer or options.answer or options.hold_greeting:
        server = await asyncio.start_server(
            lambda reader, writer: follow_script(options, keeper, reader, writer), "127.0.0.1", 0)
    elif options.refuse_greeting:
        async def refuse(reader, writer):
            writer.write(b"554 no mail service here\r\n")
            await writer.drain()
            writer.close()
        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    else:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: Connection(keeper, **settings), "127.0.0.1", 0,
            ssl=context if options.tls == "implicit" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory")
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--login", help="USER:PASSWORD, required of the client")
    parser.add_argument("--refuse", action="append", default=[], metavar="PATTERN=REPLY",
                        help="answer RCPT of addresses that match with REPLY")
    parser.add_argument("--refuse-body", metavar="REPLY", help="answer the final dot with REPLY")
    parser.add_argument("--refuse-greeting", action="store_true")
    parser.add_argument("--offer", action="append", default=[], metavar="LINE",
                        help="say LINE in answer to EHLO; these three make a server that only"
                             " talks")
    parser.add_argument("--answer", action="append", default=[], metavar="COMMAND=REPLY")
    parser.add_argument("--hold-greeting", action="store_true")
    parser.add_argument("--drop-after-dot", action="store_true",
                        help="lose the connection instead of answering the final dot")
    parser.add_argument("--hold-reply", action="append", default=[], metavar="PATTERN",
                        help="keep messages to recipients that match, but hold the reply to the"
                             " final dot")
    parser.add_argument("--hold-rcpt", action="append", default=[], metavar="PATTERN",
                        help="hold the reply to RCPT, for recipients that match")
    parser.add_argument("--close-after", action="store_true",
                        help="hang up after each message without a word")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
