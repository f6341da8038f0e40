#!/usr/bin/python3
"""Reads an .eml the way a mail program does and prints it as JSON.

Line ends of the content, CRLF in mail, are given as LF."""
import email
import email.header
import email.policy
import email.utils
import json
import pathlib
import sys


def display_name(raw):
    """Of the sender. The newer reader of headers leaves a space between two encoded words."""
    name, _ = email.utils.parseaddr(email.message_from_bytes(raw)["from"])
    return str(email.header.make_header(email.header.decode_header(name)))


def main():
    raw = pathlib.Path(sys.argv[1]).read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.strict)
    parts = [
        {"type": part.get_content_type(), "charset": part.get_content_charset(),
         "content": part.get_content().replace("\r\n", "\n")}
        for part in message.walk() if not part.is_multipart()
    ]
    defects = [str(d) for part in message.walk() for d in part.defects]
    for name in message.keys():
        defects += [name + ": " + str(d) for d in getattr(message[name], "defects", [])]
    lines = raw.split(b"\r\n")
    print(json.dumps({
        "headers": {name.lower(): str(message[name]) for name in message.keys()},
        "header_count": len(message.keys()),
        "from_name": display_name(raw),
        "from_address": message["from"].addresses[0].addr_spec,
        "to": [a.addr_spec for a in message["to"].addresses],
        "date": message["date"].datetime.isoformat(),
        "parts": parts,
        "defects": defects,
        "longest_line": max(len(line) for line in lines),
        "bare_line_ends": sum(line.count(b"\n") + line.count(b"\r") for line in lines),
        "ends_with_crlf": raw.endswith(b"\r\n"),
        "ascii": all(byte < 128 for byte in raw),
    }))


if __name__ == "__main__":
    main()
