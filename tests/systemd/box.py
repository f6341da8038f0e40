"""A box: the machine's own systemd as process 1 of name spaces, with no units but ours.

The machine's files are under an overlay that is thrown away; there is no network; processes and
cgroup are the box's own. Nothing of the machine changes. It needs root and a kernel that lets it;
`Box.start` says why not. Nothing has a limit of time, systemd's own limits included, so that a slow
machine is no failure; what hangs is ended by ctest (TIMEOUT in tests/CMakeLists.txt).
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

CGROUPS = ("/sys/fs/cgroup/unified", "/sys/fs/cgroup")
# Lines for Box.unit: the probe below in place of the program.
PROBED = ("ExecStart=", "ExecStart=/usr/bin/python3 /run/box/probe.py")
# In place of the unit's own limits, for a machine as slow as may be.
PATIENT = ("TimeoutStartSec=1h", "TimeoutStopSec=1h", "WatchdogSec=1h")

# Becomes process 1 of the box. $1 = a directory outside: root/ (what was installed), units/, top/.
ENTER = r"""
set -eu
top=$1/top root=$1/top/root
mount --make-rprivate /
mount -t tmpfs tmpfs $top
mkdir $top/upper $top/work $root
mount -t overlay overlay -o lowerdir=/,upperdir=$top/upper,workdir=$top/work $root
mount -t proc proc $root/proc
mount -t sysfs -o ro sysfs $root/sys
[ -d $root/sys/fs/cgroup ] && mount -t cgroup2 cgroup2 $root/sys/fs/cgroup
for place in run tmp dev; do mount -t tmpfs tmpfs $root/$place; done
for device in null zero full random urandom tty; do
  touch $root/dev/$device
  mount --bind /dev/$device $root/dev/$device
done
mkdir $root/dev/shm $root/dev/pts $root/dev/mqueue $root/dev/hugepages $root/run/box
mount -t devpts -o newinstance,ptmxmode=0666 devpts $root/dev/pts
ln -s pts/ptmx $root/dev/ptmx
mount --bind $1 $root/run/box
touch $1/possible  # what fails from here on is a failure, not a machine without boxes
cp -r $1/root/. $root/
mkdir -m 1777 $root/srv/for-all  # what no permission forbids
if [ -d $1/root/usr ]; then
  systemd-sysusers --root=$root omamori.conf
  systemd-tmpfiles --root=$root --create omamori.conf
fi
mkdir $root/.outside
cd $root
pivot_root . .outside
umount -l /.outside
# Credentials are mounted by a child of systemd and have to be seen by it.
mount --make-rshared /
exec env -i container=other PATH=/usr/bin:/usr/sbin SYSTEMD_UNIT_PATH=/run/box/units \
  /lib/systemd/systemd --system --unit=multi-user.target --log-target=null --show-status=no
"""

# What the service may and may not, asked from inside it.
PROBE = r"""
import ctypes, os, signal, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if libc[name](*arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def listen():
    with socket.socket(socket.AF_UNIX) as control:
        control.bind('/run/omamori/control.sock')
    os.chmod('/run/omamori/control.sock', 0o660)
def attempt(name, action):
    try:
        action()
        print(name, 'yes', flush=True)
    except OSError as error:
        print(name, 'no', flush=True)
attempt('inotify', lambda: call('inotify_init1', 0))
attempt('timerfd', lambda: call('timerfd_create', 0, 0))
attempt('control-socket', listen)
attempt('inet', lambda: socket.socket(socket.AF_INET).close())
attempt('inet6', lambda: socket.socket(socket.AF_INET6).close())
attempt('read-configuration', lambda: open('/etc/omamori/omamori.toml').read())
attempt('write-state', lambda: open('/var/lib/omamori/probe', 'w').close())
attempt('write-backup', lambda: open('/var/lib/omamori/backup/probe', 'w').close())
attempt('write-configuration', lambda: open('/etc/omamori/probe', 'w').close())
attempt('write-elsewhere', lambda: open('/srv/for-all/probe', 'w').close())
attempt('netlink', lambda: socket.socket(socket.AF_NETLINK).close())
attempt('set-clock', lambda: call('adjtimex', ctypes.byref((ctypes.c_long * 64)())))
attempt('homes', lambda: os.listdir('/root'))
attempt('other-processes', lambda: os.stat('/proc/1/cmdline'))
for name in sorted(os.listdir(os.environ['CREDENTIALS_DIRECTORY'])):
    print('credential', name, open(os.environ['CREDENTIALS_DIRECTORY'] + '/' + name).read().strip(),
          flush=True)
signal.signal(signal.SIGHUP, lambda *_: print('reload', flush=True))
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
address = os.environ['NOTIFY_SOCKET']
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
    manager.connect('\0' + address[1:] if address[0] == '@' else address)
    manager.send(b'READY=1\nSTATUS=all told')
while True:
    signal.pause()
"""


def run(*command, **environment):
    done = subprocess.run(command, env=os.environ | environment, text=True, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def ask_until(condition):
    """Asks again and again, for what only an answer tells."""
    while not condition():
        os.sched_yield()


class Box:
    def __init__(self):
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="omamori-box-"))
        self.place.chmod(0o755)  # the service reads its probe
        self.process = None
        self.cgroup = None

    def start(self, install=None):
        """Returns why there can be no box, or "" if it is running.

        `install(directory)` puts there what the machine shall have; without it the unit is what a
        package brings later.
        """
        if os.geteuid() != 0:
            return "only root can make a box"
        for name in "units", "top", "root":
            (self.place / name).mkdir()
        unit = self.place / "units/omamorid.service"
        if install:
            install(self.place / "root")
            next((self.place / "root").glob("**/omamorid.service")).rename(unit)
            shutil.rmtree(self.place / "root/lib", ignore_errors=True)  # a link on the machine
        else:
            unit.symlink_to("/lib/systemd/system/omamorid.service")
        for target in "sysinit", "basic", "shutdown", "network-online", "multi-user":
            (self.place / f"units/{target}.target").write_text(
                "[Unit]\nDefaultDependencies=no\n")
        (self.place / "probe.py").write_text(PROBE)
        (self.place / "enter").write_text(ENTER)
        return self.boot()

    def boot(self):
        mounted = [place for place in CGROUPS if pathlib.Path(place, "cgroup.procs").exists()]
        if not mounted:
            return "there is no cgroup2"
        self.cgroup = pathlib.Path(mounted[0], f"omamori-box-{os.getpid()}")
        try:
            self.cgroup.mkdir()
        except OSError as error:
            return f"cannot make a cgroup: {error}"
        said = self.place / "said"
        with said.open("w") as output:
            self.process = subprocess.Popen(
                ["sh", "-c", 'echo $$ >"$0"/cgroup.procs && exec setpriv --pdeathsig KILL unshare'
                 ' --mount --uts --ipc --pid --cgroup --net --fork --kill-child'
                 ' sh "$1"/enter "$1"',
                 str(self.cgroup), str(self.place)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        ask_until(lambda: self.process.poll() is not None or self.systemctl(
            "is-active", "multi-user.target")[0] == 0)
        if self.process.poll() is None:
            return ""
        if (self.place / "possible").exists():
            raise RuntimeError("the box ended: " + said.read_text())
        return "no box can be made here: " + said.read_text().strip()

    def first_process(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return children.read_text().split()

    def inside(self, *command):
        [first] = self.first_process() or ["0"]
        return run("nsenter", "-t", first, "-a", "-r", "-w", "env", "-i",
                   "PATH=/usr/bin:/usr/sbin", "SYSTEMD_IGNORE_CHROOT=1",
                   "SYSTEMD_BUS_TIMEOUT=3600", *command)

    def systemctl(self, *arguments):
        return self.inside("systemctl", *arguments)

    def unit(self, *lines):
        """Replaces the drop-in; what the service prints goes to the file `log`."""
        drop_in = self.place / "units/omamorid.service.d/box.conf"
        drop_in.parent.mkdir(exist_ok=True)
        drop_in.write_text("[Service]\nStandardOutput=truncate:/run/box/log\n"
                           "StandardError=inherit\n" + "\n".join(PATIENT + lines) + "\n")
        self.systemctl("daemon-reload")

    def property(self, name):
        return self.systemctl("show", "--value", "-p", name, "omamorid")[1].strip()

    def log(self):
        return (self.place / "log").read_text(encoding="utf-8")

    def wait_for_log(self, text):
        with subprocess.Popen(["tail", "--lines=+1", "--follow", str(self.place / "log")],
                              stdout=subprocess.PIPE, text=True) as lines:
            next(line for line in lines.stdout if text in line)
            lines.kill()

    def stop(self):
        if self.process and self.process.poll() is None:
            for first in self.first_process():
                os.kill(int(first), 9)  # the whole box ends with its process 1
            self.process.wait()
        if self.cgroup and self.cgroup.exists():
            inner = [pathlib.Path(d) for d, _, _ in os.walk(self.cgroup, topdown=False)]
            for directory in inner:
                ask_until(lambda d=directory: removed(d))
        shutil.rmtree(self.place, ignore_errors=True)


def removed(directory):
    try:
        directory.rmdir()
    except OSError:
        return False
    return True


def main(arguments):
    """unittest's, with exit code 77 if nothing could be tried."""
    result = unittest.main(module="__main__", argv=arguments, verbosity=2, exit=False).result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if result.testsRun <= len(result.skipped) else 0)
