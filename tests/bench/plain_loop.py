"""What one would write in an afternoon, to compare with: reads who is owed what from SQLite, makes
the mail or the webhook, sends it, commits the outcome, one after the other over one connection."""
import base64
import email.message
import hashlib
import hmac
import http.client
import smtplib
import sqlite3
import time
from email.utils import formatdate

OWED = "SELECT id, address, subject, text, html, json FROM owed WHERE told_at IS NULL ORDER BY id"


def prepare(source, path):
    """The same messages that the daemon sent, as rows that are still owed."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript("""PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE owed (id TEXT PRIMARY KEY, address TEXT, subject TEXT, text TEXT, html TEXT,
                           json TEXT, told_at INTEGER, reply TEXT);""")
    with database:
        database.executemany("INSERT INTO owed VALUES (?, ?, ?, ?, ?, ?, NULL, '')", source)
    return database


def mail(row):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "omamori@city.example", row[1], row[2]
    message["Message-ID"], message["Date"] = f"<{row[0]}@city.example>", formatdate()
    message.set_content(row[3])
    message.add_alternative(row[4], subtype="html")
    return message


def run(database, send):
    """Seconds for everything that is owed."""
    database.execute("PRAGMA synchronous = FULL")
    begin = time.time()
    for row in database.execute(OWED).fetchall():
        reply = send(row)
        with database:
            database.execute("UPDATE owed SET told_at = ?, reply = ? WHERE id = ?",
                             (int(time.time()), reply, row[0]))
    return time.time() - begin


def by_mail(database, port):
    with smtplib.SMTP("127.0.0.1", port) as server:
        return run(database, lambda row: str(server.send_message(mail(row))))


def by_webhook(database, port, secret):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def send(row):
        at, body = str(int(time.time())), row[5]
        digest = hmac.new(key, f"{row[0]}.{at}.{body}".encode(), hashlib.sha256).digest()
        connection.request("POST", "/hook", body.encode(), {
            "content-type": "application/json", "webhook-id": row[0], "webhook-timestamp": at,
            "webhook-signature": "v1," + base64.b64encode(digest).decode()})
        reply = connection.getresponse()
        reply.read()
        assert reply.status == 204
        return str(reply.status)

    seconds = run(database, send)
    connection.close()
    return seconds
