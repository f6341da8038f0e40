"""Mail servers for tests that reply by mail: Postfix, Dovecot and fetchmail, with the lines of
systemd/README.md as they stand there. Everything is on loopback and in a directory of the test's;
root only, because Postfix delivers as several users.
"""
import email
import email.policy
import json
import os
import pathlib
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import time

from support.running_city import SOURCE, free_port

PROGRAMS = ("/usr/sbin/postfix", "/usr/sbin/postalias", "/usr/sbin/dovecot",
            "/usr/lib/dovecot/pop3", "/usr/bin/fetchmail", "/usr/bin/openssl")
# Of Debian's own, with a group of its own: stands for omamori-mail and the group omamori.
USER = "uucp"
KEEPER = "mail"  # whose the mailboxes are
OURS = "omamori@city.example"
PATIENCE = 60  # seconds until something that should happen counts as not happening


def are_possible():
    return os.geteuid() == 0 and all(os.access(program, os.X_OK) for program in PROGRAMS)


def block(name):
    """The lines of the document between two marks."""
    text = (SOURCE / "systemd/README.md").read_text(encoding="utf-8")
    inside = text.split(f"<!-- {name} -->")[1].split(f"<!-- end of {name} -->")[0]
    return [line.removeprefix("    ") for line in inside.strip("\n").splitlines()]


def parts(name):
    """Of such a block, by the comment above: "/etc/postfix/main.cf", "as root"."""
    found, title = {}, None
    for line in block(name):
        if line.startswith("# "):
            title = line.removeprefix("# ").split(",")[0]
            found[title] = []
        else:
            found[title].append(line)
    return {title: "\n".join(lines) + "\n" for title, lines in found.items()}


def wait_for(what, look):
    """What `look` finds, as soon as it is anything."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {PATIENCE} s")
        time.sleep(0.05)
    return found


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Mailboxes:
    """Maildirs, one an address."""

    def __init__(self, directory):
        self.directory = directory
        directory.mkdir()
        shutil.chown(directory, KEEPER, KEEPER)

    def files(self, address):
        """In the order of their arrival."""
        files = [file for state in ("new", "cur")
                 for file in (self.directory / address / state).glob("*")]
        return sorted(files, key=lambda file: file.stat().st_mtime_ns)

    def mails(self, address):
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                for file in self.files(address)]

    def empty(self):
        for box in self.directory.iterdir():
            shutil.rmtree(box)

    def put(self, address, mail):
        """As a server of somebody else's has delivered it."""
        box = self.directory / address
        for directory in box, box / "tmp", box / "new", box / "cur":
            directory.mkdir()
            shutil.chown(directory, KEEPER, KEEPER)
        (box / "tmp/1").write_bytes(mail)
        shutil.chown(box / "tmp/1", KEEPER, KEEPER)
        (box / "tmp/1").rename(box / "new/1")


MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {d}/queue
data_directory = {d}/data
maillog_file = {d}/log
maillog_file_prefixes = {d}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mail.city.example
disable_dns_lookups = yes
smtpd_peername_lookup = no
default_transport = error:there is no way out of this test
virtual_mailbox_base = {boxes}
virtual_mailbox_maps = texthash:{d}/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{keeper.pw_uid}
virtual_gid_maps = static:{keeper.pw_gid}
"""


class Postfix:
    """Delivers to the mailboxes of `addresses`; whatever is for nobody else's domain is local."""

    def __init__(self, directory, mailboxes, addresses):
        self.directory = directory
        self.port = free_port()
        self.environment = os.environ | {"MAIL_CONFIG": str(directory)}
        for name in "", "queue", "data":
            (directory / name).mkdir(mode=0o755)
        shutil.chown(directory / "data", "postfix")
        domains = sorted({address.partition("@")[2] for address in addresses})
        self.add("main.cf", MAIN.format(d=directory, boxes=mailboxes.directory,
                                        keeper=pwd.getpwnam(KEEPER)))
        self.add("main.cf", f"virtual_mailbox_domains = {' '.join(domains)}\n" +
                 ("recipient_delimiter = +\n" if OURS in addresses else
                  "mydestination = city.example\n"))
        self.add("master.cf", MASTER.format(port=self.port))
        self.add("boxes", "".join(f"{address} {address}/\n" for address in addresses))

    def add(self, file, text):
        with open(self.directory / file, "a", encoding="utf-8") as to:
            to.write(text)

    def use_alias(self, command):
        """The lines of the document; `command` stands for omamorictl."""
        self.add("system-aliases", "")
        self.run("postalias", f"hash:{self.directory}/system-aliases")
        for file, text in parts("postfix lines").items():
            text = (text.replace("/etc/aliases", f"{self.directory}/system-aliases")
                    .replace("/etc/postfix", str(self.directory))
                    .replace("/usr/bin/omamorictl", command).replace("omamori-mail:", USER + ":"))
            if file == "as root":
                self.run("sh", "-ec", text)
            else:
                self.add(pathlib.Path(file).name, text)

    def run(self, *command):
        return run(*command, env=self.environment)

    def start(self):
        self.run("postfix", "start")

    def send(self, mail):
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            smtp.send_message(mail)

    def waiting(self):
        """Why mail is still in the queue, for each that was tried."""
        rows = [json.loads(row) for row in self.run("postqueue", "-j").splitlines()]
        return [row["recipients"][0]["delay_reason"] for row in rows
                if row["queue_name"] == "deferred"]

    def stop(self):
        pid = self.directory / "queue/pid/master.pid"
        if pid.exists():
            end(int(pid.read_text()))


def end(pid):
    """Of a program that is nobody's child here."""
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    wait_for("the end of a mail server", lambda: not pathlib.Path(f"/proc/{pid}").exists())


DOVECOT = """\
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/log
protocols = pop3
listen = 127.0.0.1
ssl = required
ssl_cert = <{d}/certificate
ssl_key = <{d}/key
service pop3-login {{
  inet_listener pop3 {{
    port = 0
  }}
  inet_listener pop3s {{
    port = {port}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = user=omamori password=PASSWORD
}}
userdb {{
  driver = static
  args = uid={keeper} gid={keeper} home=/nonexistent
}}
mail_location = maildir:{box}
first_valid_uid = 1
"""


class Dovecot:
    """One mailbox by POP3 over TLS."""

    def __init__(self, directory, box):
        directory.mkdir(mode=0o755)
        self.port = free_port()
        self.certificate = directory / "certificate"
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
            directory / "key", "-out", self.certificate)
        config = directory / "dovecot.conf"
        config.write_text(DOVECOT.format(d=directory, port=self.port, keeper=KEEPER, box=box))
        self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", config])
        wait_for("Dovecot listens", self.listens)

    def listens(self):
        if self.process.poll() is not None:
            raise RuntimeError("dovecot ended")
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Fetchmail:
    """Run as the unit of the document does."""

    def __init__(self, directory, command, server):
        directory.mkdir(mode=0o700)
        shutil.chown(directory, USER, USER)
        [rc, unit] = parts("fetchmail lines").values()
        file = directory / ".fetchmailrc"
        file.write_text(rc.replace("mail.city.example", "localhost")
                        .replace("995", str(server.port)).replace("/usr/bin/omamorictl", command))
        file.chmod(0o600)
        shutil.chown(file, USER, USER)
        [start] = [line.removeprefix("ExecStart=") for line in unit.splitlines()
                   if line.startswith("ExecStart=")]
        self.log_file = directory / "log"
        with open(self.log_file, "wb") as log:
            self.process = subprocess.Popen(
                start.split(), user=USER, group=pwd.getpwnam(USER).pw_gid, extra_groups=[],
                cwd="/", stdout=log, stderr=log,
                env={"HOME": str(directory), "PATH": os.environ["PATH"],
                     "SSL_CERT_FILE": str(server.certificate)})

    def log(self):
        return self.log_file.read_text(errors="replace")

    def look_again(self):
        """Now, and not only when its minute is over."""
        self.process.send_signal(signal.SIGUSR1)

    def stop(self):
        self.process.terminate()
        self.process.wait()
